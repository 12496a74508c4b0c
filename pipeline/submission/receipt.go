package submission

import "time"

// Receipt is when a file came, and how that is known.
type Receipt struct {
	At      time.Time
	From    ReceivedFrom
	Channel string
}

// Prevails reports whether r says more truly than o when the same bytes first
// came: the office's register before a file's own time, then the earlier.
func (r Receipt) Prevails(o Receipt) bool {
	registered, other := r.From == FromRegister, o.From == FromRegister
	if registered != other {
		return registered
	}
	return r.At.Before(o.At)
}
