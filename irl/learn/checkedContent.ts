import type { z } from 'zod';

/** What is wrong in a JSON file. */
export interface ContentProblem {
  /** Place in the file, such as `features[2].scale`; empty for the file as a whole. */
  readonly path: string;
  /** The value found there. */
  readonly value: unknown;
  readonly expected: string;
}

/** A JSON file that cannot be used: what is wrong, where in the file, and what was expected. */
export class ContentError extends Error {
  override readonly name: string = 'ContentError';
  readonly path: string;
  readonly value: unknown;
  readonly expected: string;

  /** @param kind of the file, such as `population` */
  constructor(kind: string, { path, value, expected }: ContentProblem) {
    super(`${kind}${path === '' ? '' : ` ${path}`}: found ${shown(value)}; expected ${expected}`);
    this.path = path;
    this.value = value;
    this.expected = expected;
  }
}

/**
 * Parses a JSON file's text, or takes what JSON.parse made of it, and checks its shape.
 * @throws what `failure` makes of the first thing that is wrong
 */
export function checkedContent<T>(
  schema: z.ZodType<T>,
  json: unknown,
  failure: (problem: ContentProblem) => ContentError,
): T {
  const data = typeof json === 'string' ? parseText(json, failure) : json;
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw failure({
    path: pathText(issue.path),
    value: issue.code === 'unrecognized_keys' ? issue.keys[0] : valueAt(data, issue.path),
    expected: expectation(issue),
  });
}

function parseText(text: string, failure: (problem: ContentProblem) => ContentError): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The message repeats a piece of the text, line breaks and control characters included.
    const why = (cause as Error).message.replaceAll(/[\p{Cc}\s]+/gu, ' ');
    throw failure({ path: '', value: text.slice(0, 40), expected: `JSON (${why})` });
  }
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return value;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'unrecognized_keys':
      return 'no such key';
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${issue.origin === 'array' ? ' entries' : ''}`;
    default:
      return issue.message;
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
