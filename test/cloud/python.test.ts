import { inPython } from '../editions.ts';
import { lives } from './edition.ts';

lives(inPython);
