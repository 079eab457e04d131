import { ar } from './ar.js';
import { de } from './de.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { ja } from './ja.js';
import { ko } from './ko.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { ptBr } from './pt-br.js';
import { ru } from './ru.js';
import { tr } from './tr.js';
import { zhCn } from './zh-cn.js';
import { zhTw } from './zh-tw.js';
import { en } from './en.js';
import type { Messages } from './en.js';

/** Texts by lower-case locale. */
export const translations: Readonly<Record<string, Messages>> = {
  en,
  ar,
  de,
  es,
  fr,
  it,
  ja,
  ko,
  nl,
  pl,
  'pt-br': ptBr,
  ru,
  tr,
  'zh-cn': zhCn,
  'zh-tw': zhTw,
};
