import { render } from 'preact'
import { App } from './app.tsx'

export function drawPage(): void {
  render(<App />, document.getElementById('app')!)
}
