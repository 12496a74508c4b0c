package settings

import (
	"errors"
	"strconv"

	"go.yaml.in/yaml/v3"

	"tonghop/pipeline/period"
	"tonghop/pipeline/schedule"
)

// Schedule is what tonghop does by itself.
type Schedule struct {
	// Consolidate is when periods are made; empty for never.
	Consolidate jobList `yaml:"consolidate"`
}

// jobSettings is a job as it is written; what is left out is each month, one
// working day after the deadline, at 07:00.
type jobSettings struct {
	Each string  `yaml:"each"`
	Days *int    `yaml:"after_deadline_working_days"`
	At   string  `yaml:"at"`
	Cron *string `yaml:"cron"`

	line int
}

// jobList is written as one job, as a cron line, or as a list of such.
type jobList []jobSettings

func (jobSettings) abridged() {}
func (jobList) abridged()     {}

// UnmarshalYAML reads the three ways of writing.
func (l *jobList) UnmarshalYAML(node *yaml.Node) error {
	*l = jobList{}
	written := []*yaml.Node{node}
	if node.Kind == yaml.SequenceNode {
		written = node.Content
	}
	for _, n := range written {
		job := jobSettings{line: n.Line}
		type plain jobSettings
		into := any((*plain)(&job))
		if n.Kind == yaml.ScalarNode {
			into = &job.Cron
		}
		if err := n.Decode(into); err != nil {
			return err
		}
		*l = append(*l, job)
	}
	return nil
}

// Plan is the schedule that the settings make by a timetable, and whether every job
// of theirs is in it: those of settings without an error are.
func (s Settings) Plan(t period.Timetable) (plan *schedule.Plan, whole bool) {
	plan, problems := s.plan(t)
	return plan, len(problems) == 0
}

// plan is the schedule that the settings make, and what is wrong with them.
func (s Settings) plan(t period.Timetable) (*schedule.Plan, []problem) {
	var problems []problem
	var jobs []schedule.Job
	plan := &schedule.Plan{}
	for _, written := range s.Schedule.Consolidate {
		job, err := written.job(t.Scheme)
		if err == nil {
			var together *schedule.Plan
			var twice *schedule.TwiceError
			switch together, err = schedule.New(t, append(jobs, job)...); {
			case err == nil:
				jobs, plan = append(jobs, job), together
			case errors.As(err, &twice):
				err = unfitFor("setting.job_twice", "each", twice.Each.String())
			}
		}
		if err != nil { // each job is told once, against those before it that are right
			problems = append(problems, problem{written.line, "schedule.consolidate", err})
		}
	}
	return plan, problems
}

func (j jobSettings) job(scheme period.Scheme) (schedule.Job, error) {
	each := period.Monthly
	if j.Each != "" {
		named, err := schedule.ParseEach(j.Each)
		if err != nil {
			return schedule.Job{}, unfitFor("setting.one_of", "given", j.Each, "words", "month, quarter, half, nine_months, year")
		}
		each = named
	}
	if j.Cron != nil {
		if j.Days != nil || j.At != "" {
			return schedule.Job{}, unfitFor("setting.job_both")
		}
		job, err := schedule.Cron(each, *j.Cron, scheme)
		return job, cronWords(err)
	}
	days, at := 1, "07:00"
	if j.Days != nil {
		days = *j.Days
	}
	if j.At != "" {
		at = j.At
	}
	hour, minute, err := timeOfDay(at)
	if err != nil {
		return schedule.Job{}, err
	}
	if err := between("setting.working_days", days, 0, schedule.MostWorkingDays); err != nil {
		return schedule.Job{}, err
	}
	return schedule.AfterDeadline(each, days, hour, minute)
}

// cronWords tells why a cron line is refused.
func cronWords(err error) error {
	var cron *schedule.CronError
	if !errors.As(err, &cron) {
		return err
	}
	key, facts := "setting.cron."+string(cron.Fault), []any{"given", cron.Line}
	switch cron.Fault {
	case schedule.FaultFields:
		facts = append(facts, "n", strconv.Itoa(cron.Fields))
	case schedule.FaultUnread:
		facts = append(facts, "detail", cron.Err.Error())
	case schedule.FaultSkips:
		facts = append(facts, "period", cron.Skipped, "from", cron.From, "to", cron.To)
	}
	return unfitFor(key, facts...)
}
