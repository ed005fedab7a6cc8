import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import type { GuideBlock, GuideText } from './guide-document.ts';
import type { GuidePage } from '../state/guide-pages.ts';

export interface GuideBlocksProps {
  readonly blocks: readonly GuideBlock[];
  readonly onPage: (page: GuidePage) => void;
}

/** A page of the guide below its title. Its blocks never change, so their positions serve as keys. */
export const GuideBlocks = ({ blocks, onPage }: GuideBlocksProps): ReactNode =>
  blocks.map((block, index) => <Block key={index} block={block} onPage={onPage} />);

function Block({
  block,
  onPage,
}: {
  readonly block: GuideBlock;
  readonly onPage: (page: GuidePage) => void;
}): ReactNode {
  switch (block.kind) {
    case 'heading': {
      // The dialog shows its name and the page's title above.
      const Heading = block.level === 2 ? 'h4' : 'h5';
      return (
        <Heading className="guide__heading" data-level={block.level}>
          <Texts texts={block.texts} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p>
          <Texts texts={block.texts} />
        </p>
      );
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul';
      return (
        <List className="guide__list">
          {block.items.map((item, index) => (
            <li key={index}>
              <Texts texts={item} />
            </li>
          ))}
        </List>
      );
    }
    case 'table':
      return <Table {...block} />;
    case 'code':
      return (
        <pre className="guide__code">
          <code>{block.text}</code>
        </pre>
      );
    case 'picture':
      return (
        <img className="guide__picture" src={block.src} alt={block.alt} width={block.width} height={block.height} />
      );
    case 'link':
      return (
        <Button
          icon="chevron"
          label={block.text}
          testId={`help-link-${block.page}`}
          onPress={() => onPage(block.page)}
        />
      );
  }
}

function Table({ head, rows }: Extract<GuideBlock, { kind: 'table' }>): ReactNode {
  return (
    <table className="guide__table" data-columns={head.length}>
      <thead>
        <tr>
          {head.map((cell, index) => (
            <th key={index} scope="col">
              <Texts texts={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column}>
                <Texts texts={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** An option that is broken after its dashes reads as two words. Longer options do not fit a line of a table. */
const SHORT_MAX = 24;

function Texts({ texts }: { readonly texts: readonly GuideText[] }): ReactNode {
  return texts.map(({ kind, text }, index) => {
    if (kind === 'plain') return text;
    return kind === 'strong' ? (
      <strong key={index}>{text}</strong>
    ) : (
      <code key={index} data-short={text.length <= SHORT_MAX || undefined}>
        {text}
      </code>
    );
  });
}
