module github.com/errlingo/errlingo/watch

go 1.26.0

require (
	github.com/errlingo/errlingo v0.0.0
	github.com/fsnotify/fsnotify v1.10.1
)

require (
	golang.org/x/sys v0.48.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/errlingo/errlingo => ../
