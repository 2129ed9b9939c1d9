// Command coredns is the DNS server of a local test cluster: CoreDNS with the
// plugins that a cluster needs and no others. The full program has some fifty
// plugins, among them the SDKs of three clouds, which is most of what it takes
// to build.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/ready"
)

// directives are the plugins in the order in which a query passes them. It is
// the order of the full program; a Corefile that names any other plugin is
// refused at start.
var directives = []string{"ready", "health", "errors", "cache", "kubernetes", "forward"}

func main() {
	dnsserver.Directives = directives
	coremain.Run()
}
