package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"tonghop/cmd/tonghop/settings"
)

// installation is all that a system is told of the service. Paths are absolute.
type installation struct {
	Name     string
	User     string // who it runs as
	Program  string
	Settings string // the file
	// Reads are folders that it must not change, Writes those that are its own.
	Reads, Writes []string
	// Runs says that it starts a program of the office's, which needs what it needs.
	Runs bool
}

// newInstallation takes the folders from the settings.
func newInstallation(name, user, program, file string, s settings.Settings) (installation, error) {
	in := installation{Name: name, User: user, Program: program, Settings: file, Runs: len(s.OnPublished) > 0}
	reads, writes := []string{s.Inputs}, []string{s.Outputs, s.State, s.Backup, s.CopyPublishedTo}
	if s.Feedback == settings.FeedbackBeside { // answers lie beside what was sent
		reads, writes = nil, append(writes, s.Inputs)
	}
	if s.Log.File != "" {
		writes = append(writes, filepath.Dir(s.Log.File))
	}
	var err error
	for _, p := range []*string{&in.Program, &in.Settings} {
		if *p, err = filepath.Abs(*p); err != nil {
			return in, err
		}
	}
	if in.Reads, err = absolute(reads); err != nil {
		return in, err
	}
	in.Writes, err = absolute(writes)
	return in, err
}

// absolute leaves out what is empty, or there twice.
func absolute(paths []string) ([]string, error) {
	var all []string
	for _, path := range paths {
		if path == "" {
			continue
		}
		full, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(all, full) {
			all = append(all, full)
		}
	}
	return all, nil
}

// paths are all that the service needs to reach.
func (in installation) paths() []string {
	return slices.Concat([]string{in.Program, in.Settings}, in.Reads, in.Writes)
}

// below reports whether a path lies in one of some folders.
func below(path string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return path == f || strings.HasPrefix(path, f+"/") })
}

// unwritable is a character of a path that a unit cannot hold.
func (in installation) unwritable() (string, bool) {
	for _, path := range in.paths() {
		if strings.ContainsAny(path, "\n\r\x00") || strings.TrimSpace(path) != path {
			return path, true
		}
	}
	return "", false
}

// homes are hidden from the service, unless one of its own paths lies there.
var homes = []string{"/home", "/root", "/run/user"}

// unit is the systemd unit (systemd.service(5), systemd.exec(5)): the service may
// read the machine, write to its own folders and talk over the network; nothing
// else. See docs/install.md.
func (in installation) unit() string {
	home := "yes"
	for _, path := range in.paths() {
		if below(path, homes...) {
			home = "read-only"
		}
	}
	quoted := func(paths []string) string {
		all := make([]string, len(paths))
		for i, path := range paths {
			all[i] = unitQuote(path)
		}
		return strings.Join(all, " ")
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# Written by tonghop service install; change it by: systemctl edit %s", in.Name)
	line("[Unit]")
	line("Description=tonghop: the units' reports into the city's report")
	line("Wants=network-online.target")
	line("After=network-online.target time-sync.target")
	// Shares and disks of its folders are mounted first.
	line("RequiresMountsFor=%s", quoted(slices.Concat(in.Reads, in.Writes)))
	line("")
	line("[Service]")
	line("Type=exec")
	line("User=%s", in.User)
	line("WorkingDirectory=%s", unitEscape(filepath.Dir(in.Settings)))
	line("ExecStart=%s serve --config %s", unitCommand(in.Program), unitCommand(in.Settings))
	line("Restart=on-failure")
	line("RestartSec=30")
	// What a person has to mend first: wrong usage, settings, definitions.
	line("RestartPreventExitStatus=%d %d", exitUsage, exitDefinitions)
	// A run under way is given up in good order, and made again after the start.
	line("TimeoutStopSec=60")
	line("UMask=0022")
	line("")
	line("ProtectSystem=strict")
	line("ProtectHome=%s", home)
	if len(in.Reads) > 0 {
		line("ReadOnlyPaths=%s", quoted(in.Reads))
	}
	line("ReadWritePaths=%s", quoted(in.Writes))
	b.WriteString(hardening)
	if in.Runs {
		line("# Left out for the program of on_published, which they would bind, too:")
		line("# MemoryDenyWriteExecute, SystemCallFilter.")
	} else {
		b.WriteString(ownCalls)
	}
	line("")
	line("[Install]")
	line("WantedBy=multi-user.target")
	return b.String()
}

// hardening takes away what the service never needs. Giving a file an owner is left:
// a log that is set aside keeps its own.
const hardening = `PrivateTmp=yes
PrivateDevices=yes
PrivateIPC=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProcSubset=pid
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
KeyringMode=private
SystemCallArchitectures=native
`

// ownCalls are right for this program; a program that it starts, such as one that
// compiles while it runs, may not work within them.
const ownCalls = `MemoryDenyWriteExecute=yes
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallFilter=@chown
SystemCallErrorNumber=EPERM
`

// unitEscape keeps systemd from reading specifiers in a path.
func unitEscape(path string) string { return strings.ReplaceAll(path, "%", "%%") }

// unitQuote writes a path into a list of paths.
func unitQuote(path string) string {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(unitEscape(path))
	return `"` + quoted + `"`
}

// unitCommand writes a path into a command line, where variables are replaced, too.
func unitCommand(path string) string { return strings.ReplaceAll(unitQuote(path), "$", "$$") }
