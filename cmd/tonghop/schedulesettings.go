package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tonghop/pipeline/period"
	"tonghop/pipeline/schedule"
)

// scheduleSettings are what tonghop does by itself.
type scheduleSettings struct {
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

// UnmarshalYAML reads the three ways of writing, strictly.
func (l *jobList) UnmarshalYAML(node *yaml.Node) error {
	*l = jobList{}
	written := []*yaml.Node{node}
	if node.Kind == yaml.SequenceNode {
		written = node.Content
	}
	var problems yaml.TypeError
	for _, n := range written {
		job, err := readJob(n)
		var wrong *yaml.TypeError
		switch {
		case errors.As(err, &wrong):
			problems.Errors = append(problems.Errors, wrong.Errors...)
		case err != nil:
			return err
		default:
			*l = append(*l, job)
		}
	}
	if len(problems.Errors) > 0 {
		return &problems
	}
	return nil
}

var jobKeys = []string{"each", "after_deadline_working_days", "at", "cron"}

func readJob(node *yaml.Node) (jobSettings, error) {
	job := jobSettings{line: node.Line}
	if node.Kind == yaml.ScalarNode {
		return job, node.Decode(&job.Cron)
	}
	// Inside of its own decoding the library no longer looks for unknown keys.
	for i := 0; node.Kind == yaml.MappingNode && i < len(node.Content); i += 2 {
		if key := node.Content[i]; !slices.Contains(jobKeys, key.Value) {
			return job, &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: schedule.consolidate: %q is none of %s", key.Line, key.Value, strings.Join(jobKeys, ", "))}}
		}
	}
	type plain jobSettings
	err := node.Decode((*plain)(&job))
	return job, err
}

// plan is the schedule that the settings make, and what is wrong with them.
func (s settings) plan(t period.Timetable) (*schedule.Plan, []string) {
	var problems []string
	var jobs []schedule.Job
	plan := &schedule.Plan{}
	for _, written := range s.Schedule.Consolidate {
		job, err := written.job(t.Scheme)
		if err == nil {
			var together *schedule.Plan
			if together, err = schedule.New(t, append(jobs, job)...); err == nil {
				jobs, plan = append(jobs, job), together
			}
		}
		if err != nil { // each job is told once, against those before it that are right
			problems = append(problems, fmt.Sprintf("%d: schedule.consolidate: %v", written.line, err))
		}
	}
	return plan, problems
}

func (j jobSettings) job(scheme period.Scheme) (schedule.Job, error) {
	each := period.Monthly
	if j.Each != "" {
		named, err := schedule.ParseEach(j.Each)
		if err != nil {
			return schedule.Job{}, err
		}
		each = named
	}
	if j.Cron != nil {
		if j.Days != nil || j.At != "" {
			return schedule.Job{}, errors.New("a cron line says the day and the time: leave after_deadline_working_days and at out")
		}
		return schedule.Cron(each, *j.Cron, scheme)
	}
	days, at := 1, "07:00"
	if j.Days != nil {
		days = *j.Days
	}
	if j.At != "" {
		at = j.At
	}
	hour, minute, err := period.ParseClock(at)
	if err != nil {
		return schedule.Job{}, err
	}
	return schedule.AfterDeadline(each, days, hour, minute)
}
