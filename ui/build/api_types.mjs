// Types of the screens from the server's own API document (docs/adr/0014-types-of-the-screens.md).
//
//   node ui/build/api_types.mjs <document.json >ui/src/api/schema.ts
//   node ui/build/api_types.mjs --check ui/src/api/schema.ts <document.json
//
// Knows the words of JSON Schema that the document uses and no others: a new one stops it, so that
// nothing becomes a wrong type in silence.
import { readFileSync } from 'node:fs';

const columns = 100;
const formats = { uuid: 'Id', 'date-time': 'Instant', date: 'Day' };
const limits = ['minimum', 'maximum', 'minLength', 'maxLength', 'maxItems'];
const known = new Set([
  ...['$ref', 'allOf', 'oneOf', 'anyOf', 'const', 'enum', 'type', 'format', 'description'],
  ...['items', 'properties', 'required', 'additionalProperties', ...limits],
]);

const quoted = (text) => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** The type of a value that fits the schema. */
function typeOf(schema) {
  const strange = Object.keys(schema).filter((word) => !known.has(word));
  if (strange.length > 0) throw new Error(`no type for the schema word ${strange.join(', ')}`);
  if (schema.$ref) return schema.$ref.split('/').at(-1);
  if (schema.allOf) return schema.allOf.map(inParts).join(' & ');
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return either.map(typeOf).join(' | ');
  if ('const' in schema) return quoted(schema.const);
  if (schema.enum) return schema.enum.map(quoted).join(' | ');
  switch (schema.type) {
    case 'string': return schema.format ? ofFormat(schema.format) : 'string';
    case 'number':
    case 'integer': return 'number';
    case 'boolean':
    case 'null': return schema.type;
    case 'array': return `${inParts(schema.items)}[]`;
    case 'object': return ofObject(schema);
    case undefined: return 'unknown';
    default:
      if (Array.isArray(schema.type)) return schema.type.join(' | ');
      throw new Error(`no type for the schema type ${schema.type}`);
  }
}

/** The type of a value that fits the schema, as a part of another type. */
function inParts(schema) {
  const several = schema.allOf ?? schema.oneOf ?? schema.anyOf ?? schema.enum;
  return several || Array.isArray(schema.type) ? `(${typeOf(schema)})` : typeOf(schema);
}

function ofFormat(format) {
  const type = formats[format];
  if (!type) throw new Error(`no type for the format ${format}`);
  return type;
}

function ofObject(schema) {
  if (schema.properties) return `{ ${fieldsOf(schema).map(({ text }) => text).join(' ')} }`;
  const every = schema.additionalProperties;
  return `Record<string, ${typeof every === 'object' ? typeOf(every) : 'unknown'}>`;
}

function fieldsOf({ properties, required = [] }) {
  return Object.entries(properties).map(([name, schema]) => ({
    says: schema.description,
    text: `${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`,
  }));
}

/** One declaration; on one line where it has room and nothing to explain. */
function declaration([name, schema], all) {
  if (isSentAsAnswered(name, all)) return `export type ${name} = ${answeredName(name)};`;
  const about = schema.description ? `${comment(schema.description, '')}\n` : '';
  if (schema.type !== 'object' || !schema.properties) {
    const line = `export type ${name} = ${typeOf(schema)};`;
    if (line.length <= columns) return about + line;
    return about + line.replaceAll(' | ', '\n  | ').replace('& ({', '& (\n  | {');
  }
  const fields = fieldsOf(schema);
  const line = `export interface ${name} { ${fields.map(({ text }) => text).join(' ')} }`;
  if (line.length <= columns && fields.every(({ says }) => !says)) return about + line;
  const lines = fields.flatMap(({ says, text }) => [
    ...(says ? [comment(says, '  ')] : []),
    `  ${text}`,
  ]);
  return `${about}export interface ${name} {\n${lines.join('\n')}\n}`;
}

const answeredName = (name) => name.replace(/Sent$/, '');

/** What is sent and answered alike needs one shape only. */
function isSentAsAnswered(name, all) {
  const answered = all[answeredName(name)];
  if (!name.endsWith('Sent') || !answered) return false;
  const sent = typeOf(all[name]).replace(/\w+Sent\b/g, (each) =>
    isSentAsAnswered(each, all) ? answeredName(each) : each,
  );
  return sent === typeOf(answered);
}

/** A comment of lines that are not too long. */
function comment(text, indent) {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (indent.length + 3 + lines.at(-1).length + 1 + word.length > columns) lines.push('');
    lines.push(`${lines.pop()} ${word}`);
  }
  return lines.map((line) => `${indent}//${line}`).join('\n');
}

/** What requests carry that has no name of its own: "post_people" becomes PostPeople. */
function unnamedBodies(paths) {
  return Object.values(paths).flatMap((path) =>
    Object.values(path).flatMap(({ operationId, requestBody }) => {
      const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
      const name = operationId.replace(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase());
      return schema && !schema.$ref ? [[name, schema]] : [];
    }),
  );
}

/** The text of the file. */
export function typesOf({ components, paths }) {
  const all = { ...components.schemas, ...Object.fromEntries(unnamedBodies(paths)) };
  return [
    '// Made by build/api_types.mjs from the API document of the server: do not edit.',
    'export type Id = string; // UUIDv7, made by the writer',
    'export type Instant = string; // RFC 3339, UTC, milliseconds',
    'export type Day = string; // "2026-11-24"',
    ...Object.entries(all).map((each) => declaration(each, all)),
    '',
  ].join('\n');
}

function main([flag, file]) {
  const made = typesOf(JSON.parse(readFileSync(0, 'utf8')));
  if (flag !== '--check') {
    process.stdout.write(made);
  } else if (readFileSync(file, 'utf8') !== made) {
    console.error(
      `${file} is not what the API document gives. Make it anew and commit it:\n` +
        '  cmake --build --preset dev --target api_types',
    );
    process.exitCode = 1;
  }
}

if (process.argv[1]?.endsWith('api_types.mjs')) main(process.argv.slice(2));
