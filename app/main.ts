import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/drive.css';
import './styles/learn.css';
import './styles/watch.css';
import './styles/narrow.css';
import { repairLanguage } from './shell/repairLanguage.ts';
import { startApp } from './shell/startApp.ts';

repairLanguage(navigator);
startApp(document.getElementById('app')!);
