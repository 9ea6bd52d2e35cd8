// The words of the plan come with its screens, not with the first page.
import { enPlan } from '../../words/en_plan';
import { addWords } from '../../words/index';

addWords(enPlan);
