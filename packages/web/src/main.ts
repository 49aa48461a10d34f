import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/frame.css'
import './styles/figures.css'
import './styles/table.css'
import './styles/bars.css'
import './styles/chart.css'
import './styles/series.css'
import './styles/print.css'
import { askAhead } from './api/client.ts'
import { restoreColourChoice } from './components/colour-choice.ts'
import { parseSearch } from './navigation/page-state.ts'
import { rankedView } from './views/catalog.ts'
import { rankedAddress } from './views/ranked-query.ts'

// The ledger works on its answer while the browser loads and compiles the code that draws it.
const state = parseSearch(location.search)
const ranked = rankedView(state.view)
if (ranked !== undefined) askAhead(rankedAddress(ranked, state))
restoreColourChoice()
const { drawPage } = await import('./draw-page.tsx')
drawPage()
