import { typescript } from '../editions.ts';
import { conforms } from './edition.ts';

conforms(typescript);
