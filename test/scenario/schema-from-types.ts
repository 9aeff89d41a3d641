/** The protocol as a JSON schema, made from the types that @vscode/debugprotocol declares: the same names, fewer details. */

import { readFileSync } from 'node:fs';
import ts from 'typescript';

export type JsonSchema = Readonly<Record<string, unknown>>;

const DECLARATIONS = require.resolve('@vscode/debugprotocol/lib/debugProtocol.d.ts');

/** Schemas of all interfaces and types of the namespace, by name. */
export function definitionsFromTypes(): Record<string, JsonSchema> {
  const text = readFileSync(DECLARATIONS, 'utf8');
  const file = ts.createSourceFile('debugProtocol.d.ts', text, ts.ScriptTarget.Latest, true);
  const definitions: Record<string, JsonSchema> = {};
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node)) {
      definitions[node.name.text] = interfaceSchema(node);
    } else if (ts.isTypeAliasDeclaration(node)) {
      definitions[node.name.text] = schemaOf(node.type);
    } else {
      ts.forEachChild(node, visit);
    }
  };
  visit(file);
  return definitions;
}

function interfaceSchema(node: ts.InterfaceDeclaration): JsonSchema {
  const own = membersSchema(node.members);
  const bases = (node.heritageClauses ?? []).flatMap(({ types }) =>
    types.map(({ expression }) => expression),
  );
  const inherited = bases.map((base) => reference(base.getText()));
  return inherited.length === 0 ? own : { allOf: [...inherited, own] };
}

function membersSchema(members: ts.NodeArray<ts.TypeElement>): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  let others: JsonSchema | undefined;
  for (const member of members) {
    if (ts.isPropertySignature(member) && member.type !== undefined) {
      const name = ts.isComputedPropertyName(member.name) ? '' : member.name.text;
      properties[name] = schemaOf(member.type);
      if (member.questionToken === undefined) {
        required.push(name);
      }
    } else if (ts.isIndexSignatureDeclaration(member)) {
      others = schemaOf(member.type);
    }
  }
  return {
    type: 'object',
    properties,
    required,
    ...(others === undefined ? {} : { additionalProperties: others }),
  };
}

function schemaOf(node: ts.TypeNode): JsonSchema {
  if (ts.isUnionTypeNode(node)) {
    return { anyOf: node.types.map(schemaOf) };
  }
  if (ts.isArrayTypeNode(node)) {
    return { type: 'array', items: schemaOf(node.elementType) };
  }
  if (ts.isTypeLiteralNode(node)) {
    return membersSchema(node.members);
  }
  if (ts.isParenthesizedTypeNode(node)) {
    return schemaOf(node.type);
  }
  if (ts.isLiteralTypeNode(node)) {
    return ts.isStringLiteral(node.literal) ? { const: node.literal.text } : { type: 'null' };
  }
  if (ts.isTypeReferenceNode(node)) {
    return reference(node.typeName.getText());
  }
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { type: 'string' };
    case ts.SyntaxKind.NumberKeyword:
      return { type: 'number' };
    case ts.SyntaxKind.BooleanKeyword:
      return { type: 'boolean' };
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
    case ts.SyntaxKind.ObjectKeyword:
      return {};
    default:
      throw new Error(`The declarations hold a type that is not understood: ${node.getText()}`);
  }
}

function reference(name: string): JsonSchema {
  return { $ref: `dap#/definitions/${name}` };
}
