package main

// painter colours words for a terminal.
type painter bool

// painter returns one that colours only at a terminal of somebody who does not mind: see https://no-color.org.
func (a *app) painter() painter {
	return painter(a.stdoutTerminal && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb")
}

// color is the number of a colour as terminals know it (ECMA-48, SGR).
type color string

const (
	red    color = "31"
	green  color = "32"
	yellow color = "33"
	faint  color = "2"
)

func (p painter) paint(c color, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}
