/** JSON, or `undefined` if the text is not JSON. The schema that parses it next reports that. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
