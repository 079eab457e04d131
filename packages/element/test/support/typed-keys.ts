import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const typings = fileURLToPath(new URL('../../../../node_modules/@openai/chatkit/types/', import.meta.url));
const items = fileURLToPath(new URL('../../src/protocol/item.ts', import.meta.url));

/** Everything the typings of `@openai/chatkit` declare that this element has to honour, as dotted names. */
export interface TypedKeys {
  options: string[];
  methods: string[];
  events: string[];
  components: string[];
  properties: string[];
  items: string[];
}

/** Reads the keys from the declarations themselves, so that a new version shows what is missing. */
export function typedKeys(): TypedKeys {
  const program = ts.createProgram([`${typings}index.d.ts`, `${typings}widgets.d.ts`, items], { strict: true, skipLibCheck: true, noEmit: true, allowImportingTsExtensions: true, module: ts.ModuleKind.NodeNext, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] });
  const checker = program.getTypeChecker();
  const source = (path: string): ts.SourceFile => {
    const file = program.getSourceFile(path);
    if (!file) throw new Error(`No ${path}`);
    return file;
  };
  const index = source(`${typings}index.d.ts`);
  const widgets = source(`${typings}widgets.d.ts`);
  const typeNamed = (file: ts.SourceFile, name: string): ts.Type => {
    const statement = file.statements.find((candidate): candidate is ts.TypeAliasDeclaration => ts.isTypeAliasDeclaration(candidate) && candidate.name.text === name);
    if (!statement) throw new Error(`No type ${name}`);
    return checker.getTypeAtLocation(statement.name);
  };
  const literal = (type: ts.Type): string | undefined => {
    const property = type.getProperty('type');
    const value = property && checker.getTypeOfSymbol(property);
    return value?.isStringLiteral() ? value.value : undefined;
  };

  const event = typeNamed(index, 'ChatKitEvents');
  const element = index.statements.find((statement): statement is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(statement) && statement.name.text === 'OpenAIChatKit');
  const members: readonly ts.TypeElement[] = element?.members ?? [];
  const methods = members.flatMap((member) => {
    if (!ts.isMethodSignature(member)) return [];
    const name = member.name.getText(index);
    if (name.endsWith('EventListener')) return [];
    const parameter: ts.ParameterDeclaration | undefined = member.parameters[0];
    const fields = parameter?.name.getText(index) === 'params' ? checker.getTypeAtLocation(parameter).getProperties() : [];
    return [name, ...fields.map((field) => `${name}.${field.name}`)];
  });

  const components = new Map<string, Set<string>>();
  for (const statement of widgets.statements) {
    if (!ts.isTypeAliasDeclaration(statement)) continue;
    const type = checker.getTypeAtLocation(statement.name);
    const name = type.isUnion() ? undefined : literal(type);
    if (name === undefined) continue;
    const own = type.getProperties().map((property) => property.name);
    components.set(name, new Set(own.filter((property) => !['type', 'key', 'id'].includes(property))));
  }

  const itemTypes = typeNamed(source(items), 'ThreadItem');
  return {
    options: keysOf(checker, typeNamed(index, 'ChatKitOptions'), ''),
    methods,
    events: event.getProperties().map((property) => property.name),
    components: [...components.keys()],
    properties: [...components].flatMap(([name, properties]) => [...properties].map((property) => `${name}.${property}`)),
    items: (itemTypes.isUnion() ? itemTypes.types : [itemTypes]).flatMap((type) => literal(type) ?? []),
  };
}

/** The keys of an options object, below one another; those of list entries after `[]`. */
function keysOf(checker: ts.TypeChecker, type: ts.Type, path: string): string[] {
  const parts = type.isUnion() ? type.types : [type];
  const properties = new Map(parts.filter((part) => part.flags & ts.TypeFlags.Object).flatMap((part) => (isPlain(checker, part) ? part.getProperties().map((property) => [property.name, checker.getTypeOfSymbol(property)] as const) : [])));
  return [...properties].flatMap(([name, value]) => {
    const own = path === '' ? name : `${path}.${name}`;
    const present = checker.getNonNullableType(value);
    const list = (present.isUnion() ? present.types : [present]).find((part) => checker.isArrayType(part));
    const entry = list && checker.getTypeArguments(list as ts.TypeReference)[0];
    return [own, ...(entry ? keysOf(checker, entry, `${own}[]`) : keysOf(checker, present, own))];
  });
}

/** An object that names its keys: no function, no list, no record. */
function isPlain(checker: ts.TypeChecker, type: ts.Type): boolean {
  return type.getCallSignatures().length === 0 && !checker.isArrayType(type) && checker.getIndexInfosOfType(type).length === 0;
}
