package catalogue

import (
	"fmt"
	"slices"

	"tonghop/pipeline/period"
)

// Bridge says who reports the first days of a month's window for the units that
// ended inside it.
type Bridge string

// The bridges. A catalogue that was given none closes.
const (
	// BridgeClosing: the unit itself, in a closing report of what happened until
	// its last day.
	BridgeClosing Bridge = "closing"
	// BridgeSuccessor: its successors, whose reports cover the whole window. A
	// unit that nobody succeeds still closes: else its days would be nobody's.
	BridgeSuccessor Bridge = "successor"
	// BridgeNone: nobody. The report says so on its first page.
	BridgeNone Bridge = "none"
)

// ParseBridge reads a setting.
func ParseBridge(text string) (Bridge, error) {
	if b := Bridge(text); slices.Contains([]Bridge{BridgeClosing, BridgeSuccessor, BridgeNone}, b) {
		return b, nil
	}
	return "", fmt.Errorf("bridge %q: want closing, successor or none", text)
}

// Bridged returns the same definitions under another bridge.
func (c *Catalogue) Bridged(b Bridge) *Catalogue {
	bridged := *c
	bridged.Bridge = b
	return &bridged
}

// Closes reports whether unit u ends inside a window, before its last day. A
// unit that ends on that day has been there for the whole month.
func (u *Unit) Closes(w period.Window) bool {
	return !u.ValidTo.IsZero() && w.Contains(u.ValidTo) && u.ValidTo.Before(w.To)
}

// Closing returns the units that owe a closing report for month m, in table
// order.
func (c *Catalogue) Closing(m period.Month, scheme period.Scheme) []*Unit {
	w := scheme.Window(m)
	return slices.DeleteFunc(c.ExpectedUnits(m, scheme), func(u *Unit) bool { return !u.Closes(w) })
}

// Unreported returns the units that ended inside month m's window and whose
// days in it nobody is asked for, in table order: those of BridgeNone that have
// not gone on under another name.
func (c *Catalogue) Unreported(m period.Month, scheme period.Scheme) []*Unit {
	if c.Bridge != BridgeNone {
		return nil
	}
	w := scheme.Window(m)
	var units []*Unit
	for _, u := range c.Units {
		if u.Closes(w) && !c.renamedIn(u, w) && c.askedAnything(u, w) {
			units = append(units, u)
		}
	}
	return units
}

func (c *Catalogue) askedAnything(u *Unit, w period.Window) bool {
	return slices.ContainsFunc(c.Indicators, func(i *Indicator) bool { return i.AskedOfUnit(u) && i.ValidDuring(w) })
}

// Part returns the days of month m's window that the report of unit u speaks
// of: to its last day where it ends inside the window; from its first where it
// begins there, unless it reports for those that it succeeds.
func (c *Catalogue) Part(u *Unit, m period.Month, scheme period.Scheme) period.Window {
	w := scheme.Window(m)
	part := w
	if u.Closes(w) {
		part.To = u.ValidTo
	}
	if u.ValidFrom.After(w.From) && !c.takesOver(u, w) {
		part.From = u.ValidFrom
	}
	return part
}

// takesOver reports whether a unit that begins inside a window reports for the
// days before.
func (c *Catalogue) takesOver(u *Unit, w period.Window) bool {
	return slices.ContainsFunc(c.Predecessors(u), func(s Succession) bool {
		old := c.units[s.From]
		return w.Contains(s.Date) && old.Closes(w) && (s.Kind == Renamed || c.Bridge == BridgeSuccessor)
	})
}

// reports reports whether unit u, valid on some day of a window, is asked for
// what happened in it.
func (c *Catalogue) reports(u *Unit, w period.Window) bool {
	switch {
	case c.renamedIn(u, w):
		return false
	case !u.Closes(w):
		return true
	case c.Bridge == BridgeNone:
		return false
	case c.Bridge == BridgeSuccessor:
		return !c.succeeded(u, w)
	}
	return true
}

func (c *Catalogue) renamedIn(u *Unit, w period.Window) bool {
	return slices.ContainsFunc(c.Successors(u), func(s Succession) bool { return s.Kind == Renamed && w.Contains(s.Date) })
}

// succeeded reports whether a unit that ends inside a window has a successor
// that is there on its last day, be it after others. Successions form no loop.
func (c *Catalogue) succeeded(u *Unit, w period.Window) bool {
	return slices.ContainsFunc(c.Successors(u), func(s Succession) bool {
		next := c.units[s.To]
		return w.Contains(s.Date) && (next.ValidOn(w.To) || c.succeeded(next, w))
	})
}

// Successors returns what became of a unit, Predecessors where it came from, in
// table order.
func (c *Catalogue) Successors(u *Unit) []Succession { return c.successors[u.ID] }

// Predecessors returns the successions to a unit, in table order.
func (c *Catalogue) Predecessors(u *Unit) []Succession { return c.predecessors[u.ID] }
