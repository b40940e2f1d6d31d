import { inPython } from '../editions.ts';
import { conforms } from './edition.ts';

conforms(inPython);
