import { render } from 'preact'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/frame.css'
import './styles/figures.css'
import './styles/table.css'
import './styles/bars.css'
import './styles/chart.css'
import './styles/series.css'
import { App } from './app.tsx'
import { restoreColourScheme } from './components/colour-scheme.tsx'

restoreColourScheme()
render(<App />, document.getElementById('app')!)
