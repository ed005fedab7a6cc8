/** Imported before any schema. Otherwise zod would try `new Function`, which the content security policy reports. */
import { z } from 'zod';

z.config({ jitless: true });
