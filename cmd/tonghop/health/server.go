package health

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/net/netutil"
)

// Limits bound what one client can take from the service.
type Limits struct {
	Header      time.Duration // until a request's header is there
	Answer      time.Duration // until an answer is written
	Idle        time.Duration // between requests
	Connections int           // at a time; others wait
}

// DefaultLimits are ample for a monitor that asks every few seconds.
func DefaultLimits() Limits {
	return Limits{Header: 5 * time.Second, Answer: 10 * time.Second, Idle: 30 * time.Second, Connections: 16}
}

// mostHeader is in bytes; a monitor's header has some hundred.
const mostHeader = 8 << 10

// Server answers GET /health and GET /metrics on an address of this machine.
type Server struct {
	listener net.Listener
	http     *http.Server
}

// Listen takes the address, so that one that is in use is told before the service
// begins. Serve must follow.
func Listen(address string, b *Board, limits Limits, log *slog.Logger) (*Server, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for health: %w", err)
	}
	if at, ok := listener.Addr().(*net.TCPAddr); !ok || !at.IP.IsLoopback() {
		return nil, errors.Join(fmt.Errorf("listen for health: %s is not loopback", listener.Addr()), listener.Close())
	}
	return &Server{
		listener: netutil.LimitListener(listener, limits.Connections),
		http: &http.Server{
			Handler:           guarded(routes(b)),
			ReadHeaderTimeout: limits.Header,
			ReadTimeout:       limits.Header, // there is no body to wait for
			WriteTimeout:      limits.Answer,
			IdleTimeout:       limits.Idle,
			MaxHeaderBytes:    mostHeader,
			ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		},
	}, nil
}

// Addr is the address that it listens on.
func (s *Server) Addr() net.Addr { return s.listener.Addr() }

// goodbye is how long answers under way may take once the service stops.
const goodbye = 2 * time.Second

// Serve answers until ctx ends, and returns nil then.
func (s *Server) Serve(ctx context.Context) error {
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbye)
		defer cancel()
		err := s.http.Shutdown(last)
		if errors.Is(err, context.DeadlineExceeded) {
			err = s.http.Close() // one that stalls is cut
		}
		stopped <- err
	})
	err := s.http.Serve(s.listener)
	if stop() { // it ended by itself
		return fmt.Errorf("serve health: %w", err)
	}
	return <-stopped
}

func routes(b *Board) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(b, collectors.NewGoCollector())
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{DisableCompression: true}))
	mux.HandleFunc("/health", b.answer)
	return mux
}

// guarded lets nothing but reading through, by this machine's own names: a page
// in a browser here must not reach the endpoint by a name of its own that was made
// to stand for this machine (DNS rebinding).
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Cache-Control", "no-store")
		switch {
		case !ownName(r.Host):
			http.Error(w, "not a name of this machine", http.StatusMisdirectedRequest)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			header.Set("Allow", "GET, HEAD")
			http.Error(w, "GET or HEAD", http.StatusMethodNotAllowed)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func ownName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if host == "localhost" {
		return true
	}
	if n := len(host); n > 2 && host[0] == '[' && host[n-1] == ']' {
		host = host[1 : n-1]
	}
	at, err := netip.ParseAddr(host)
	return err == nil && at.IsLoopback()
}

// Report is what /health answers: 200 where Reasons is empty, else 503.
type Report struct {
	Status      string    `json:"status"` // ok | failing
	Version     string    `json:"version"`
	Started     time.Time `json:"started"`
	LastLook    time.Time `json:"last_look,omitzero"`
	LastSuccess time.Time `json:"last_success,omitzero"`
	Reasons     []Reason  `json:"reasons"`
}

func (b *Board) report() Report {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := Report{
		Status: "ok", Version: b.version, Started: b.started,
		LastLook: b.looked, LastSuccess: b.success, Reasons: b.reasons(),
	}
	if len(r.Reasons) > 0 {
		r.Status = "failing"
	}
	return r
}

func (b *Board) answer(w http.ResponseWriter, _ *http.Request) {
	report := b.report()
	text, err := json.MarshalIndent(report, "", " ")
	if err != nil {
		http.Error(w, "the report cannot be encoded", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if len(report.Reasons) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(append(text, '\n')) // a client that has gone away has no use for the rest
}
