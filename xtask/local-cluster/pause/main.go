// Command pause is the first process of every pod: it holds the pod's
// namespaces open, does nothing until it is asked to end, and reaps the
// processes that the pod leaves behind when it shares its process namespace.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "-v" {
		fmt.Println("pause, of a local test cluster")
		return
	}
	// One channel each: a storm of ended children must not push a request to
	// end out of a full channel.
	end := make(chan os.Signal, 1)
	child := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGINT, syscall.SIGTERM)
	signal.Notify(child, syscall.SIGCHLD)
	// Children that ended before we listened sent their signal to nobody.
	reap()
	for {
		select {
		case <-child:
			reap()
		case <-end:
			return
		}
	}
}

// reap collects every child that has ended: signals of the same kind merge, so
// one signal can stand for many children.
func reap() {
	for {
		pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil || pid <= 0 {
			return
		}
	}
}
