package atomicfile

import "time"

// pauses are what retry waits between its attempts, about a second in all: a virus
// scanner or an indexer lets go of a file in that time, a person with the file
// open in Excel does not, and is not worth waiting for.
var pauses = []time.Duration{
	10 * time.Millisecond, 20 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond,
	200 * time.Millisecond, 300 * time.Millisecond, 400 * time.Millisecond,
}

// retry makes the attempt again while it fails because somebody has the file open.
func retry(attempt func() error) error { return retryWith(attempt, Busy, time.Sleep) }

func retryWith(attempt func() error, busy func(error) bool, pause func(time.Duration)) error {
	err := attempt()
	for _, wait := range pauses {
		if err == nil || !busy(err) {
			return err
		}
		pause(wait)
		err = attempt()
	}
	return err
}
