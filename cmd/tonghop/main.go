// Command tonghop consolidates the Excel workbooks of a city's districts into
// the city's report.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // an office computer on Windows has no zone table

	"github.com/spf13/cobra"

	"tonghop/pipeline/wording"
	"tonghop/templates"
)

// version is printed on the report's last line.
const version = "0.1.0"

// garbagePercent is how much memory may go unused, in percent of what is used, before it
// is looked for. Go's own 100 takes 280 MiB for a run of 10,000 reports, of which it uses
// a little more than 100. Less would be looked for more often than it is worth; and a
// fixed limit was worse: where an office needs more than that, the search took most of
// the time.
const garbagePercent = 70

func main() {
	if os.Getenv("GOGC") == "" { // an administrator's own setting goes first
		debug.SetGCPercent(garbagePercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr, time.Now)
	stop()
	os.Exit(code)
}

// run is main with its world passed in. It returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer, now func() time.Time) int {
	sentences, err := wording.Load(templates.FS)
	if err != nil { // a build that cannot speak
		_, _ = fmt.Fprintf(stderr, "tonghop: %v\n", err)
		return exitFailure
	}
	a := &app{out: stdout, err: stderr, now: now, sentences: sentences, say: sentences.In(languageOf(args))}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		return a.report(err)
	}
	return exitOK
}

// app is what every command shares.
type app struct {
	out, err  io.Writer
	now       func() time.Time
	sentences *wording.Book
	say       wording.Phrases

	configFile string
	state      string // the folder of the ledger, once the settings are read
	zone       *time.Location
	language   string
	json       bool
}

// languageOf looks for --lang before the flags are parsed: help is already
// worded when cobra parses them.
func languageOf(args []string) wording.Language {
	for i, arg := range args {
		value, found := "", false
		switch {
		case arg == "--lang" && i+1 < len(args):
			value, found = args[i+1], true
		case len(arg) > 7 && arg[:7] == "--lang=":
			value, found = arg[7:], true
		}
		if l, err := wording.ParseLanguage(value); found && err == nil {
			return l
		}
	}
	return wording.Vietnamese
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use: "tonghop", Short: a.say.Say("cli.root"), Version: version,
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if _, err := wording.ParseLanguage(a.language); err != nil {
				return usage(a.say.Say("cli.language", "language", a.language), "")
			}
			return nil
		},
		// Without a command there is nothing to do but to say what there is.
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 && args[0] != "help" {
				return usage(a.say.Say("cli.unknown", "command", args[0]), "")
			}
			return cmd.Help()
		},
		Args: cobra.ArbitraryArgs,
	}
	root.PersistentFlags().StringVar(&a.configFile, "config", "", a.say.Say("flag.config"))
	root.PersistentFlags().StringVar(&a.language, "lang", string(wording.Vietnamese), a.say.Say("flag.lang"))
	root.PersistentFlags().BoolVar(&a.json, "json", false, a.say.Say("flag.json"))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(err.Error(), cmd.CommandPath()[len("tonghop"):])
	})
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Root().Help() }})
	root.SetUsageTemplate(a.usageTemplate())
	root.SetVersionTemplate("tonghop {{.Version}}\n")
	root.AddCommand(a.runCommand(), a.checkCommand(), a.formCommand(), a.decideCommand(), a.signOffCommand(), a.reopenCommand(),
		a.importCommand(), a.statusCommand(), a.explainCommand(), a.diffCommand(), a.reportCommand(), a.lettersCommand(),
		a.findingCommand(), a.catalogueCommand(), a.ledgerCommand(), a.initCommand(),
		a.serveCommand(), a.scheduleCommand(), a.serviceCommand(), a.doctorCommand(), a.mailCommand())
	a.localise(root)
	return root
}

// localise words what cobra words itself, and lets wrong arguments be a matter
// of usage.
func (a *app) localise(cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	cmd.DisableFlagsInUseLine = true
	for flag, key := range map[string]string{"help": "cli.help", "version": "cli.version"} {
		if f := cmd.Flags().Lookup(flag); f != nil {
			f.Usage = a.say.Say(key)
		}
	}
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usage(a.say.Say("cli.arguments", "use", cmd.UseLine()), cmd.CommandPath()[len("tonghop"):])
			}
			return nil
		}
	}
	for _, c := range cmd.Commands() {
		a.localise(c)
	}
}

func (a *app) usageTemplate() string {
	return a.say.Say("cli.usage") + `: {{if .Runnable}}{{.UseLine}}{{else}}{{.CommandPath}} …{{end}}
{{if .HasAvailableSubCommands}}
` + a.say.Say("cli.commands") + `:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }}  {{.Short}}{{end}}{{end}}
{{end}}
` + a.say.Say("cli.flags") + `:
{{if .HasAvailableLocalFlags}}{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}`
}

// printf writes to standard output. That a terminal has gone away is no reason
// to fail a run.
func (a *app) printf(format string, args ...any) {
	_, _ = io.WriteString(a.out, tame(fmt.Sprintf(format, args...)))
}

// complain writes a line to standard error.
func (a *app) complain(line string) { _, _ = fmt.Fprintln(a.err, tame(line)) }

func (a *app) println(key string, facts ...any) { a.printf("%s\n", a.say.Say(key, facts...)) }
