package settings

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/mailaddress"
	"tonghop/pipeline/notify"
)

// mostReminderDays is how many working days a reminder may be from its deadline.
const mostReminderDays = 10

// Mail is about e-mail, which is off while Server is empty.
type Mail struct {
	Server string          `yaml:"server"`
	Port   int             `yaml:"port"` // 0 for that of the protection
	TLS    notify.Security `yaml:"tls"`
	// CAFile holds the authority of a server whose certificate no public one issued.
	CAFile   string      `yaml:"ca_file"`
	Auth     notify.Auth `yaml:"auth"`
	Username string      `yaml:"username"`
	// Password is refused: these settings are read and copied by many.
	Password     string `yaml:"password"`
	PasswordFile string `yaml:"password_file"`
	PasswordEnv  string `yaml:"password_env"`

	From     string `yaml:"from"`
	FromName string `yaml:"from_name"`
	ReplyTo  string `yaml:"reply_to"`

	// At is the hour of reminders, such as 08:00.
	At        string    `yaml:"at"`
	Reminders Reminders `yaml:"reminders"`
	Receipts  bool      `yaml:"receipts"`
	ReportTo  []string  `yaml:"report_to"`
	DraftTo   []string  `yaml:"draft_to"`
}

// Reminders are in working days; 0 is no such reminder.
type Reminders struct {
	Before int `yaml:"before_deadline_working_days"`
	After  int `yaml:"after_deadline_working_days"`
}

func defaultMail() Mail {
	return Mail{TLS: notify.StartTLS, Auth: notify.AuthAny, At: "08:00", Reminders: Reminders{Before: 2, After: 1}}
}

// On reports whether mail is sent at all.
func (m Mail) On() bool { return m.Server != "" }

// mailProblems checks what the settings say of e-mail and of what is done after a
// publication.
func (s Settings) mailProblems(doc *yaml.Node) []problem {
	var problems []problem
	wrong := wrongAt(doc, &problems)
	s.Mail.problems(func(err error, path ...string) { wrong(err, append([]string{"mail"}, path...)...) })
	wrong(commandError(s.OnPublished), "on_published")
	return problems
}

func (m Mail) problems(wrong func(err error, path ...string)) {
	if !m.On() {
		off := defaultMail()
		if fmt.Sprint(m) != fmt.Sprint(off) {
			wrong(unfitFor("setting.mail_off"), "server")
		}
		return
	}
	if strings.ContainsAny(m.Server, ":/@ \t") {
		wrong(unfitFor("setting.mail_server", "given", m.Server), "server")
	}
	wrong(between("setting.mail_port", m.Port, 0, 65535), "port")
	wrong(oneOf(m.TLS, notify.Securities...), "tls")
	wrong(oneOf(m.Auth, notify.Auths...), "auth")
	if m.TLS == notify.None && m.Username != "" && !notify.Loopback(m.Server) {
		wrong(unfitFor("setting.mail_open"), "tls")
	}
	m.secretProblems(wrong)
	wrong(addressError(m.From), "from")
	if m.ReplyTo != "" {
		wrong(addressError(m.ReplyTo), "reply_to")
	}
	if strings.ContainsAny(m.FromName, "\r\n") {
		wrong(unfitFor("setting.one_line"), "from_name")
	}
	_, _, err := timeOfDay(m.At)
	wrong(err, "at")
	for _, r := range []struct {
		name string
		days int
	}{{"before_deadline_working_days", m.Reminders.Before}, {"after_deadline_working_days", m.Reminders.After}} {
		wrong(between("setting.reminder_days", r.days, 0, mostReminderDays), "reminders", r.name)
	}
	for _, list := range []struct {
		name string
		to   []string
	}{{"report_to", m.ReportTo}, {"draft_to", m.DraftTo}} {
		for i, address := range list.to {
			wrong(addressError(address), list.name)
			if slices.Contains(list.to[:i], address) {
				wrong(unfitFor("setting.twice", "given", address), list.name)
			}
		}
	}
}

func (m Mail) secretProblems(wrong func(err error, path ...string)) {
	given := m.PasswordFile != "" || m.PasswordEnv != ""
	switch {
	case m.Password != "":
		wrong(unfitFor("setting.mail_password"), "password")
	case m.PasswordFile != "" && m.PasswordEnv != "":
		wrong(unfitFor("setting.mail_password_both"), "password_env")
	case m.Username != "" && !given:
		wrong(unfitFor("setting.mail_needs_password"), "username")
	case m.Username == "" && given:
		wrong(unfitFor("setting.mail_needs_username"), "username")
	}
}

func addressError(address string) error {
	if mailaddress.Check(address) != nil {
		return unfitFor("setting.mail_address", "given", address)
	}
	return nil
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// commandError refuses a command that could not be run as it is meant.
func commandError(command []string) error {
	if len(command) > 0 && strings.TrimSpace(command[0]) == "" {
		return unfitFor("setting.command")
	}
	for _, argument := range command {
		for _, name := range placeholder.FindAllString(argument, -1) {
			if !slices.Contains(dispatch.Placeholders, name) {
				return unfitFor("setting.one_of", "given", name, "words", strings.Join(dispatch.Placeholders, ", "))
			}
		}
	}
	return nil
}

// resolveCommand lets a program named by a relative path be looked for from the
// settings' folder, as every other path is; one named without a folder is looked
// for where the system looks.
func resolveCommand(command []string, base string) {
	if len(command) > 0 && strings.ContainsAny(command[0], `/\`) && !filepath.IsAbs(command[0]) {
		command[0] = filepath.Join(base, command[0])
	}
}
