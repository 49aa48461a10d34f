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
import { askAhead } from './api/client.ts'
import { App } from './app.tsx'
import { restoreColourScheme } from './components/colour-scheme.tsx'
import { parseSearch } from './navigation/page-state.ts'
import { rankedView } from './views/catalog.ts'
import { rankedAddress } from './views/ranked-page.tsx'

const state = parseSearch(location.search)
const ranked = rankedView(state.view)
if (ranked !== undefined) askAhead(rankedAddress(ranked, state))
restoreColourScheme()
render(<App />, document.getElementById('app')!)
