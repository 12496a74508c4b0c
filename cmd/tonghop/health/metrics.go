package health

import (
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tonghop/pipeline/finding"
)

// The metrics. Instants are in seconds since 1970, durations in seconds, as
// Prometheus wants them; an instant that has not come yet is left out.
var (
	buildInfo    = metric("build_info", "The program that runs; always 1.", "version", "go_version")
	started      = metric("start_time_seconds", "When the service started.")
	healthy      = metric("healthy", "1 where /health answers 200, else 0.")
	lookAt       = metric("last_look_timestamp_seconds", "When the files of the inputs were last taken in.")
	glancedAt    = metric("last_glance_timestamp_seconds", "When the folder's names were last looked at, new files or not.")
	lookTook     = metric("last_look_duration_seconds", "How long the last look took.")
	files        = metric("files", "Files of the last look: seen, of these deferred and unusable.", "state")
	findings     = metric("findings", "Findings of the last look by severity.", "severity")
	runAt        = metric("last_run_timestamp_seconds", "When the last run ended, however it ended.")
	runTook      = metric("last_run_duration_seconds", "How long the last run took.")
	successAt    = metric("last_success_timestamp_seconds", "When a run last ended without an error.")
	runs         = metric("runs_total", "Runs since the start by how they ended.", "outcome")
	dueAt        = metric("last_due_timestamp_seconds", "The scheduled instant of the last run that the schedule owed.")
	dueOutcome   = metric("last_due_outcome", "1 for how the last run that the schedule owed ended, else 0.", "outcome")
	receipts     = metric("receipts_written_total", "Receipts written since the start.")
	mails        = metric("mails_total", "Messages since the start, sent and failed.", "result")
	descriptions = []*prometheus.Desc{
		buildInfo, started, healthy, glancedAt, lookAt, lookTook, files, findings, runAt, runTook, successAt, runs, dueAt, dueOutcome, receipts, mails,
	}
)

func metric(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("tonghop_"+name, help, labels, nil)
}

// Describe implements prometheus.Collector.
func (b *Board) Describe(to chan<- *prometheus.Desc) {
	for _, d := range descriptions {
		to <- d
	}
}

// Collect implements prometheus.Collector: all metrics are of one instant.
func (b *Board) Collect(to chan<- prometheus.Metric) {
	b.mu.Lock()
	defer b.mu.Unlock()
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	counter := func(d *prometheus.Desc, value int, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(value), labels...)
	}
	instant := func(d *prometheus.Desc, t time.Time) {
		if !t.IsZero() {
			gauge(d, float64(t.UnixMilli())/1000)
		}
	}
	gauge(buildInfo, 1, b.version, runtime.Version())
	instant(started, b.started)
	gauge(healthy, one(len(b.reasons()) == 0))
	instant(glancedAt, b.glanced)
	if instant(lookAt, b.looked); !b.looked.IsZero() {
		gauge(lookTook, b.look.Took.Seconds())
		gauge(files, float64(b.look.Seen), "seen")
		gauge(files, float64(b.look.Deferred), "deferred")
		gauge(files, float64(b.look.Unusable), "unusable")
		for _, severity := range []finding.Severity{finding.Error, finding.Warning, finding.Note} {
			gauge(findings, float64(b.look.Findings[severity]), severity.String())
		}
	}
	if instant(runAt, b.ran); !b.ran.IsZero() {
		gauge(runTook, b.run.Took.Seconds())
	}
	instant(successAt, b.success)
	instant(dueAt, b.due.Due)
	for _, o := range outcomes {
		counter(runs, b.runs[o], string(o))
		if !b.due.Due.IsZero() {
			gauge(dueOutcome, one(b.due.Outcome == o), string(o))
		}
	}
	counter(receipts, b.receipts)
	counter(mails, b.sent, "sent")
	counter(mails, b.unsent, "failed")
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
