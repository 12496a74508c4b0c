package settings

import "time"

// Watch says how the inputs are watched.
type Watch struct {
	// Every is how often the folder is looked at, Settle how long a file must look
	// the same before it is read: durations such as 15s.
	Every  string `yaml:"every"`
	Settle string `yaml:"settle"`
}

// Interval is that of Every.
func (w Watch) Interval() time.Duration { return duration(w.Every) }

// Settling is the time of Settle.
func (w Watch) Settling() time.Duration { return duration(w.Settle) }

func duration(text string) time.Duration {
	d, _ := time.ParseDuration(text) // checked when the settings were read
	return d
}

// A unit waits for its answer at most these two times together; but a share must
// not be asked all the time, and a slow copy pauses for a while.
const leastWatch, mostWatch = time.Second, 10 * time.Minute

func (w Watch) problems(wrong func(err error, path ...string)) {
	for _, one := range []struct{ name, text string }{{"every", w.Every}, {"settle", w.Settle}} {
		if d, err := time.ParseDuration(one.text); err != nil || d < leastWatch || d > mostWatch {
			wrong(unfitFor("setting.duration", "given", one.text, "least", "1s", "most", "10m"), "watch", one.name)
		}
	}
}
