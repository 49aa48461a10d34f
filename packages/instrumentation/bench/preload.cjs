const { contestants } = require('./contestants.cjs')

contestants[process.env.CONTESTANT]()
