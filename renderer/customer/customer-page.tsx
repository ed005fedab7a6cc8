import type { ReactNode } from 'react';
import type { CustomerShown } from '../../shared/contract/customer.ts';
import { formatYuan } from '../../shared/money.ts';
import { FaceFigure } from '../components/face-figure.tsx';
import { Figure, UnderWay } from '../components/figure.tsx';
import zh from '../../shared/locales/customer.zh-CN.json';
import en from '../../shared/locales/customer.en.json';
import { CUSTOMER_SHAPES, CUSTOMER_TONES, type Lit } from './customer-looks.ts';
import './customer.css';

export interface CustomerPageProps {
  readonly shown: CustomerShown;
}

/**
 * Chinese large and English below it, for a reader at arm's length or further: nobody asks a customer for a language.
 */
export function CustomerPage({ shown: { practice, view } }: CustomerPageProps): ReactNode {
  if (view.name === 'off') return <main className="customer customer--off" data-testid="customer-off" />;
  return (
    <main className="customer" data-testid={`customer-${view.name}`} data-tone={CUSTOMER_TONES[view.name]}>
      {practice && <Practice />}
      <div className="customer__middle">
        <Shape name={view.name} />
        <div className="customer__words" aria-live="polite">
          <h1 className="customer__title tone-word">
            {zh.customer[view.name].title}
            <small lang="en">{en.customer[view.name].title}</small>
          </h1>
          {'amountFen' in view && (
            <p className="customer__amount" data-testid="customer-amount">
              <span>¥</span>
              {formatYuan(view.amountFen)}
            </p>
          )}
          <p className="customer__note">
            {zh.customer[view.name].note}
            <small lang="en">{en.customer[view.name].note}</small>
          </p>
        </div>
      </div>
    </main>
  );
}

function Practice(): ReactNode {
  return (
    <p className="customer__practice" data-testid="customer-practice">
      {zh.customer.practice.title} · {zh.customer.practice.note}
      <small lang="en">
        {en.customer.practice.title} · {en.customer.practice.note}
      </small>
    </p>
  );
}

function Shape({ name }: { readonly name: Lit }): ReactNode {
  if (name === 'welcome') return <FaceFigure looking={false} />;
  if (name === 'look') return <FaceFigure looking />;
  if (name === 'wait') return <UnderWay />;
  return <Figure icon={CUSTOMER_SHAPES[name]} />;
}
