/** Every page of the guide in both languages; build/bundle/guide-pages.ts turns them into data when the screen is bundled. */
import { page as enCashier } from '../../build/guide/en/cashier.md';
import { page as enManager } from '../../build/guide/en/manager.md';
import { page as enPosApi } from '../../build/guide/en/pos-api.md';
import { page as enTechnician } from '../../build/guide/en/technician.md';
import { page as enTerminalCommand } from '../../build/guide/en/terminal-command.md';
import { page as zhCashier } from '../../build/guide/zh-CN/cashier.md';
import { page as zhManager } from '../../build/guide/zh-CN/manager.md';
import { page as zhPosApi } from '../../build/guide/zh-CN/pos-api.md';
import { page as zhTechnician } from '../../build/guide/zh-CN/technician.md';
import { page as zhTerminalCommand } from '../../build/guide/zh-CN/terminal-command.md';
import type { Language } from '../../shared/settings.ts';
import type { GuideDocument } from './guide-document.ts';
import type { GuidePage } from '../state/guide-pages.ts';

export const guideOf: Readonly<Record<Language, Readonly<Record<GuidePage, GuideDocument>>>> = {
  'zh-CN': {
    cashier: zhCashier,
    manager: zhManager,
    technician: zhTechnician,
    'pos-api': zhPosApi,
    'terminal-command': zhTerminalCommand,
  },
  en: {
    cashier: enCashier,
    manager: enManager,
    technician: enTechnician,
    'pos-api': enPosApi,
    'terminal-command': enTerminalCommand,
  },
};
