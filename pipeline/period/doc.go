// Package period owns time as the reports know it: the reporting month and the
// window of days it covers, spans of months, what "run --period" accepts,
// working days and deadlines.
//
// The package is pure. It never asks what time it is and never uses the zone of
// the machine: instants and zones are passed in, so that the same inputs give
// the same report on every host. All values are comparable and may be used as
// map keys; the zero Month and the zero Date mean "none".
package period
