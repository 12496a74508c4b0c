// Package pipeline is the conductor: Run is the whole flow on one page, from
// the inputs folder to a published revision.
//
//	inputs -> intake -> validate -> consolidate -> report -> publish -> outputs
//
// schedule says which periods are due, RunDue makes each of them once by Run, and
// the ledger keeps what was due and what became of it.
//
// Findings flow alongside. Below this package are nouns and verbs. Nouns are
// pure values: period, figure, finding, table, catalogue, decision, narrative,
// submission, history, summary, edition, dispatch, mailaddress, vietnamese, memo,
// wording; they know no file,
// clock, database, workbook or PDF library. Verbs do one step each and none imports another, but for the few
// that say so: intake reads workbooks through workbook and cells through
// reading; whatever writes workbooks uses workbook/write; whatever writes files
// uses atomicfile; report/pdf, report/xlsx and report/export draw what report
// composed. Only this package and the commands know the ledger. A test over the
// import graph holds these walls.
package pipeline
