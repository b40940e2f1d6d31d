import { typescript } from '../editions.ts';
import { lives } from './edition.ts';

lives(typescript);
