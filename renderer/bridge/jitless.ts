/** Imported before any schema: zod would otherwise try `new Function`, which the content security policy reports. */
import { z } from 'zod';

z.config({ jitless: true });
