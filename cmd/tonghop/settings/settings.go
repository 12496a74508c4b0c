// Package settings owns what tonghop.yaml may say, how it is read strictly, and how
// its faults are told. It knows neither the commands nor the conductor: what the
// settings are wired into is theirs.
package settings

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/summary"
)

// DefaultFile is looked for in the working folder where no other is named; it need
// not exist.
const DefaultFile = "tonghop.yaml"

// Commented is a tonghop.yaml for an office to begin with: every setting with what
// it means.
//
//go:embed default.yaml
var Commented []byte

// mostCarried is how many months back a stock may be carried from: after a year
// it says nothing of today.
const mostCarried = 12

// mostGrace is how many periods a form without a new indicator may still be sent.
const mostGrace = 12

// Where what the units get back is put: among the outputs, or beside what they
// sent.
const (
	FeedbackOutputs = "outputs"
	FeedbackBeside  = "beside"
)

// Settings are what tonghop.yaml holds. Those that Load gives without an error can be
// worked by: their texts can be read, their numbers are within bounds. Paths that
// are relative in the file begin at its folder.
type Settings struct {
	Inputs          string   `yaml:"inputs"`
	Outputs         string   `yaml:"outputs"`
	State           string   `yaml:"state"`
	Backup          string   `yaml:"backup"`
	Catalogue       string   `yaml:"catalogue"`
	Wording         string   `yaml:"wording"`
	Zone            string   `yaml:"zone"`
	Window          string   `yaml:"window"`
	Deadline        Deadline `yaml:"deadline"`
	ReceivableShare int      `yaml:"receivable_share"`
	Bridge          string   `yaml:"bridge"`
	Trends          string   `yaml:"trends"`
	// Adopted is the month from which on a report that did not come is missing;
	// empty where the reports themselves tell.
	Adopted          string `yaml:"adopted"`
	CarryStockMonths int    `yaml:"carry_stock_months"`
	// NewIndicatorGrace is in periods.
	NewIndicatorGrace int   `yaml:"new_indicator_grace"`
	Projections       bool  `yaml:"projections"`
	Watch             Watch `yaml:"watch"`
	// Feedback is where what the units get back is put.
	Feedback string `yaml:"feedback"`
	Office   Office `yaml:"office"`
	Report   Report `yaml:"report"`
	Log      Log    `yaml:"log"`
	// Limits are the budgets for one file.
	Limits Limits `yaml:"limits"`
	// Listen is where a monitor asks how the service is; empty for nowhere.
	Listen string `yaml:"listen"`
	Mail   Mail   `yaml:"mail"`
	// CopyPublishedTo is a folder that gets each report, OnPublished a command that
	// is run for it; empty for none.
	CopyPublishedTo string   `yaml:"copy_published_to"`
	OnPublished     []string `yaml:"on_published"`
	Schedule        Schedule `yaml:"schedule"`
	Letters         Letters  `yaml:"letters"`
}

// Deadline is the rule of package period for when a report is due.
type Deadline struct {
	Day          int    `yaml:"day"`
	At           string `yaml:"at"` // such as 17:00
	IfNotWorking string `yaml:"if_not_working"`
}

// AdoptedMonth is that of Adopted, zero where the settings do not say.
func (s Settings) AdoptedMonth() period.Month {
	m, _ := period.ParseMonth(s.Adopted) // checked when the settings were read
	return m
}

// Default are the settings where nothing is written: the repository's own folders
// and the State's reporting month.
func Default() Settings {
	return Settings{
		Inputs: "inputs", Outputs: "outputs", State: filepath.Join("outputs", ".tonghop"),
		Zone: "Asia/Ho_Chi_Minh", Window: "15-14",
		Deadline:        Deadline{Day: 17, At: "17:00", IfNotWorking: period.MoveNext},
		ReceivableShare: 80, Bridge: string(catalogue.BridgeClosing), Trends: string(summary.TrendsReported), NewIndicatorGrace: 1,
		Watch: Watch{Every: "15s", Settle: "10s"}, Feedback: FeedbackOutputs,
		Office: Office{
			Letterhead: letterheadUnion,
			Superior:   "HỘI LIÊN HIỆP PHỤ NỮ HÀ NỘI", Issuer: "BAN THƯỜNG VỤ", Symbol: "BC-BTV", Place: "Hà Nội",
			Signing: Signing{Authority: "TM."},
		},
		Report: Report{
			Edition: editionInternal, Annexes: slices.Clone(report.Annexes), Paper: "A4",
			Margins: Margins{Top: 20, Bottom: 20, Left: 30, Right: 15},
		},
		Log:      defaultLog(),
		Limits:   defaultLimits(),
		Mail:     defaultMail(),
		Schedule: Schedule{Consolidate: jobList{{}}},
		Letters:  Letters{Symbol: "BTV-VP", Addressee: "Hội Liên hiệp Phụ nữ", ReplyWorkingDays: 3},
	}
}

// Load reads the settings of a file, DefaultFile where path is empty; where that is
// not there they are the defaults. The timetable is what they say of time; its
// calendar is the catalogue's to fill in.
//
// The error is *MissingError where the named file is not there, *InvalidError where
// something in it is no setting or cannot be, all of it at once. Beside the latter
// stands what could be read; zero where nothing could.
func Load(path string) (Settings, period.Timetable, error) {
	file := FileName(path)
	data, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && path == "":
		return parse(nil, file, ".")
	case errors.Is(err, fs.ErrNotExist):
		return Settings{}, period.Timetable{}, &MissingError{file}
	case err != nil:
		return Settings{}, period.Timetable{}, fmt.Errorf("read settings: %w", err)
	}
	return parse(data, file, filepath.Dir(file))
}

// parse is Load of a file's content; base is where its relative paths begin.
func parse(data []byte, file, base string) (Settings, period.Timetable, error) {
	s := Default()
	var doc yaml.Node
	problems := decodeStrict(data, &s, &doc)
	timetable, wrong := s.timetable(&doc)
	problems = append(problems, wrong...)
	problems = append(problems, s.reportProblems(&doc)...)
	problems = append(problems, s.adminProblems(&doc)...)
	problems = append(problems, s.mailProblems(&doc)...)
	resolveCommand(s.OnPublished, base)
	for _, p := range []*string{&s.Inputs, &s.Outputs, &s.State, &s.Backup, &s.Catalogue, &s.Wording, &s.Log.File, &s.CopyPublishedTo, &s.Mail.PasswordFile, &s.Mail.CAFile} {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(base, *p)
		}
	}
	problems = append(problems, s.folderProblems(&doc)...)
	_, wrong = s.plan(timetable)
	problems = append(problems, wrong...)
	problems = append(problems, s.Letters.problems(&doc)...)
	if len(problems) == 0 {
		return s, timetable, nil
	}
	if len(data) > 0 && doc.IsZero() {
		s = Settings{} // a file that is no YAML names no folders either
	}
	return s, timetable, &InvalidError{File: file, problems: problems}
}

// folderProblems refuses folders of the program's own among the inputs: each report
// and receipt written there would be taken for a submission, and be answered.
func (s Settings) folderProblems(doc *yaml.Node) []problem {
	var problems []problem
	wrong := wrongAt(doc, &problems)
	for _, one := range []struct {
		folder string
		path   []string
	}{
		{s.Outputs, []string{"outputs"}}, {s.State, []string{"state"}}, {s.Backup, []string{"backup"}},
		{s.CopyPublishedTo, []string{"copy_published_to"}}, {s.Log.File, []string{"log", "file"}},
	} {
		if one.folder != "" && s.Inputs != "" && within(s.Inputs, one.folder) {
			wrong(unfitFor("setting.among_inputs", "given", one.folder, "inputs", s.Inputs), one.path...)
		}
	}
	return problems
}

// within reports whether a path is a folder, or lies below it.
func within(folder, path string) bool {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	if path, err = filepath.Abs(path); err != nil {
		return false
	}
	below, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(below)
}

// FileName is the file that Load reads.
func FileName(given string) string {
	if given == "" {
		return DefaultFile
	}
	return given
}

// timetable checks what the settings say of time.
func (s Settings) timetable(doc *yaml.Node) (period.Timetable, []problem) {
	var problems []problem
	wrong := wrongAt(doc, &problems)
	wrong(oneOf(s.Window, period.Scheme15to14.String(), period.SchemeCalendar.String()), "window")
	scheme, _ := period.ParseScheme(s.Window)
	zone, err := time.LoadLocation(s.Zone)
	if err != nil || s.Zone == "" || s.Zone == "Local" {
		wrong(unfitFor("setting.zone", "given", s.Zone), "zone")
	}
	hour, minute, err := timeOfDay(s.Deadline.At)
	wrong(err, "deadline", "at")
	wrong(oneOf(s.Deadline.IfNotWorking, period.MoveNext, period.MovePrevious, period.MoveNone), "deadline", "if_not_working")
	rule := period.DeadlineRule{Day: s.Deadline.Day, Hour: hour, Minute: minute, IfNotWorking: s.Deadline.IfNotWorking}
	if first := scheme.FirstDeadline(); rule.Day < first || rule.Day > 31 {
		wrong(unfitFor("setting.deadline_day", "given", strconv.Itoa(rule.Day), "first", strconv.Itoa(first), "window", s.Window), "deadline", "day")
	}
	wrong(between("setting.percent", s.ReceivableShare, 1, 100), "receivable_share")
	wrong(oneOf(catalogue.Bridge(s.Bridge), catalogue.BridgeClosing, catalogue.BridgeSuccessor, catalogue.BridgeNone), "bridge")
	wrong(oneOf(summary.Trends(s.Trends), summary.TrendsReported, summary.TrendsPredecessor), "trends")
	if _, err := period.ParseMonth(s.Adopted); err != nil && s.Adopted != "" {
		wrong(unfitFor("setting.month", "given", s.Adopted), "adopted")
	}
	wrong(between("setting.months", s.CarryStockMonths, 0, mostCarried), "carry_stock_months")
	wrong(between("setting.periods", s.NewIndicatorGrace, 0, mostGrace), "new_indicator_grace")
	s.Watch.problems(wrong)
	wrong(oneOf(s.Feedback, FeedbackOutputs, FeedbackBeside), "feedback")
	for name, value := range map[string]string{"inputs": s.Inputs, "outputs": s.Outputs, "state": s.State} {
		if value == "" {
			wrong(unfitFor("setting.folder"), name)
		}
	}
	return period.Timetable{Scheme: scheme, Deadline: rule, Zone: zone}, problems
}

// timeOfDay reads a time of day.
func timeOfDay(text string) (hour, minute int, err error) {
	hour, minute, err = period.ParseClock(text)
	if err != nil {
		return 0, 0, unfitFor("setting.clock", "given", text)
	}
	return hour, minute, nil
}

// line finds the line of a key; 1 where it is not in the file.
func line(node *yaml.Node, path ...string) int {
	at := 1
	if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
		node = node.Content[0]
	}
	for _, key := range path {
		found := false
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == key {
				at, node, found = node.Content[i].Line, node.Content[i+1], true
				break
			}
		}
		if !found {
			break
		}
	}
	return at
}
