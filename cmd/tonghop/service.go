package main

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/kardianos/service"
	"github.com/spf13/cobra"

	"tonghop/cmd/tonghop/machine"
	"tonghop/cmd/tonghop/settings"
)

// serviceName is what the service is called where --name does not say otherwise,
// and the account that it runs as.
const serviceName = "tonghop"

func (a *app) serviceCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "service", Short: a.say.Say("cli.service"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	var name, account string
	var dry bool
	cmd.PersistentFlags().StringVar(&name, "name", serviceName, a.say.Say("flag.service_name"))
	install := &cobra.Command{Use: "install", Short: a.say.Say("cli.service.install"), Args: cobra.NoArgs}
	install.Flags().StringVar(&account, "user", "", a.say.Say("flag.service_user"))
	install.Flags().BoolVar(&dry, "dry-run", false, a.say.Say("flag.dry_run"))
	install.RunE = func(*cobra.Command, []string) error {
		in, err := a.installation(name, account)
		if err != nil {
			return err
		}
		if dry {
			a.printInstallation(in)
			return nil
		}
		return a.install(in)
	}
	print := &cobra.Command{Use: "print", Short: a.say.Say("cli.service.print"), Args: cobra.NoArgs}
	print.Flags().StringVar(&account, "user", "", a.say.Say("flag.service_user"))
	print.RunE = func(*cobra.Command, []string) error {
		in, err := a.installation(name, account)
		if err == nil {
			a.printInstallation(in)
		}
		return err
	}
	cmd.AddCommand(install, print)
	for _, act := range []struct {
		verb, short, done string
		do                func(service.Service) error
	}{
		{"start", "cli.service.start", "service.started", service.Service.Start},
		{"stop", "cli.service.stop", "service.stopped", service.Service.Stop},
		{"uninstall", "cli.service.uninstall", "service.uninstalled", uninstall},
	} {
		c := &cobra.Command{Use: act.verb, Short: a.say.Say(act.short), Args: cobra.NoArgs}
		c.RunE = func(*cobra.Command, []string) error { return a.manage(name, act.done, act.do) }
		cmd.AddCommand(c)
	}
	status := &cobra.Command{Use: "status", Short: a.say.Say("cli.service.status"), Args: cobra.NoArgs}
	status.RunE = func(*cobra.Command, []string) error { return a.serviceStatus(name) }
	cmd.AddCommand(status)
	return cmd
}

// serviceNames are plain in a unit's file name, a registry key and an account.
var serviceNames = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)

// accounts are names of users on Linux, and on Windows those with a domain.
var accounts = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.$ \\@-]{0,63}$`)

// installation reads what is to be installed from the settings, which must be
// valid: a service with wrong settings would only fail where nobody looks.
func (a *app) installation(name, account string) (installation, error) {
	switch {
	case !serviceNames.MatchString(name):
		return installation{}, &failure{code: exitUsage, key: "service_name", facts: []any{"name", name}}
	case account == "" && runtime.GOOS == "windows":
		account = windowsUser + name // an account of its own, without a password
	case account == "":
		account = serviceName
	case !accounts.MatchString(account):
		return installation{}, &failure{code: exitUsage, key: "service_user_name", facts: []any{"user", account}}
	}
	file := settings.FileName(a.configFile)
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		return installation{}, &failure{code: exitDefinitions, key: "config_missing", hint: "service_config", facts: []any{"file", file}}
	}
	s, _, err := a.loadSettings()
	if err != nil {
		return installation{}, err
	}
	program, err := os.Executable()
	if err != nil {
		return installation{}, err
	}
	in, err := newInstallation(name, account, program, file, s)
	if err != nil {
		return in, err
	}
	if path, bad := in.unwritable(); bad {
		return in, &failure{code: exitUsage, key: "service_path", facts: []any{"path", plain(path)}}
	}
	return in, nil
}

// printInstallation shows what install would tell the system.
func (a *app) printInstallation(in installation) {
	if runtime.GOOS == "windows" {
		a.printf("%s\n", in.windows())
		return
	}
	a.printf("%s", in.unit())
}

// windows is what the Windows service is made with, in the words of sc.exe.
func (in installation) windows() string {
	return strings.Join([]string{
		"SERVICE_NAME: " + in.Name,
		"BINARY_PATH_NAME: " + `"` + in.Program + `" serve --config "` + in.Settings + `"`,
		"START_TYPE: AUTO_START (DELAYED)",
		"SERVICE_START_NAME: " + in.User,
		"FAILURE_ACTIONS: RESTART after " + restartAfter + ", reset after a day",
	}, "\n")
}

// emptied are folders that systems empty, and that the service does not share.
var emptied = []string{"/tmp", "/var/tmp", "/dev/shm", "/run"}

func (a *app) install(in installation) error {
	if runtime.GOOS != "windows" {
		for _, path := range in.paths() {
			if below(path, emptied...) {
				return &failure{code: exitUsage, key: "service_emptied", facts: []any{"path", path}}
			}
		}
		// systemd starts nothing while one of these is missing.
		for _, path := range slices.Concat(in.Reads, in.Writes) {
			if info, err := os.Stat(path); err != nil || !info.IsDir() {
				return &failure{code: exitFailure, key: "service_folder", facts: []any{"path", path}, underlie: err}
			}
		}
		if _, err := user.Lookup(in.User); err != nil && !knownElsewhere(in.User) {
			return &failure{code: exitFailure, key: "service_user", facts: []any{"user", in.User}}
		}
	}
	m, err := a.privileged(in)
	if err != nil {
		return err
	}
	if _, err := m.Status(); !errors.Is(err, service.ErrNotInstalled) {
		return &failure{code: exitFailure, key: "service_there", facts: []any{"name", in.Name}}
	}
	if err := m.Install(); err != nil {
		return managing(err)
	}
	a.println("service.installed", "name", in.Name, "user", in.User)
	for _, path := range in.Writes {
		if runtime.GOOS == "windows" {
			a.printf("  icacls \"%s\" /grant \"%s:(OI)(CI)M\"\n", path, in.User)
		} else {
			a.printf("  chown -R %s: %s\n", in.User, shellQuote(path))
		}
	}
	if runtime.GOOS == "windows" {
		for _, path := range in.Reads {
			a.printf("  icacls \"%s\" /grant \"%s:(OI)(CI)RX\"\n", path, in.User)
		}
	}
	a.printf("  tonghop service start%s\n", named(in.Name))
	return nil
}

func named(name string) string {
	if name == serviceName {
		return ""
	}
	return " --name " + name
}

func shellQuote(path string) string { return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'" }

// knownElsewhere asks for accounts that are not in /etc/passwd but in a directory:
// the program, built without the C library, does not see them itself.
func knownElsewhere(name string) bool { return exec.Command("getent", "passwd", name).Run() == nil }

// privileged gives the keeper of services to who may change what it keeps.
func (a *app) privileged(in installation) (service.Service, error) {
	m, err := in.manager()
	if err != nil || runtime.GOOS != "windows" && m.Platform() != platformUnits {
		return nil, &failure{code: exitFailure, key: "service_none", underlie: err}
	}
	if !machine.Privileged() {
		key := "service_root"
		if runtime.GOOS == "windows" {
			key = "service_administrator"
		}
		return nil, &failure{code: exitFailure, key: key}
	}
	return m, nil
}

// manage does something with an installed service.
func (a *app) manage(name, done string, do func(service.Service) error) error {
	if !serviceNames.MatchString(name) {
		return &failure{code: exitUsage, key: "service_name", facts: []any{"name", name}}
	}
	m, err := a.privileged(installation{Name: name})
	if err != nil {
		return err
	}
	if _, err := m.Status(); errors.Is(err, service.ErrNotInstalled) {
		return &failure{code: exitFailure, key: "service_missing", facts: []any{"name", name}}
	}
	if err := do(m); err != nil {
		return managing(err)
	}
	a.println(done, "name", name)
	return nil
}

// uninstall stops the service first: one that goes on running after its unit is
// gone is one that nobody finds.
func uninstall(m service.Service) error {
	if s, _ := m.Status(); s == service.StatusRunning {
		if err := m.Stop(); err != nil {
			return err
		}
	}
	return m.Uninstall()
}

func managing(err error) error {
	return &failure{code: exitFailure, key: "service_system", facts: []any{"detail", plain(strings.TrimSpace(err.Error()))}, underlie: err}
}

// serviceStatus exits with 0 where it runs, and with 1 where it does not.
func (a *app) serviceStatus(name string) error {
	if !serviceNames.MatchString(name) {
		return &failure{code: exitUsage, key: "service_name", facts: []any{"name", name}}
	}
	m, err := installation{Name: name}.manager()
	if err != nil || runtime.GOOS != "windows" && m.Platform() != platformUnits {
		return &failure{code: exitFailure, key: "service_none", underlie: err}
	}
	running, err := m.Status()
	key := "not_running"
	switch {
	case errors.Is(err, service.ErrNotInstalled):
		key = "not_installed"
	case err != nil:
		key = "failing"
	case running == service.StatusRunning:
		key = "running"
	}
	if a.json {
		err = a.printJSON(map[string]string{"name": name, "status": key})
	} else {
		a.println("service.status."+key, "name", name)
		err = nil
	}
	if err == nil && key != "running" {
		return silent(exitFailure)
	}
	return err
}
