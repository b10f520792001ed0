// A storage life cycle with LXD's Go client. Where and as whom: STOWAGE_ENDPOINT, CLIENT_CERT, CLIENT_KEY, VERIFY and TOKEN for
// HTTPS, else LXD_DIR; the pool: DRIVER, POOL_CONFIG (JSON) and POOL.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	lxd "github.com/lxc/lxd/client"
	"github.com/lxc/lxd/shared/api"
)

type waits interface{ Wait() error }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func done(operation waits, err error) {
	must(err)
	must(operation.Wait())
}

func expect(actual any, expected any) {
	if fmt.Sprint(actual) != fmt.Sprint(expected) {
		panic(fmt.Sprintf("%v instead of %v", actual, expected))
	}
}

func refused(err error, message string) {
	if err == nil || !strings.Contains(err.Error(), message) {
		panic(fmt.Sprintf("nobody said %q but %v", message, err))
	}
}

func file(variable string) string {
	content, err := os.ReadFile(os.Getenv(variable))
	must(err)
	return string(content)
}

func connect() lxd.InstanceServer {
	endpoint := os.Getenv("STOWAGE_ENDPOINT")
	if endpoint == "" {
		server, err := lxd.ConnectLXDUnix(os.Getenv("LXD_DIR")+"/unix.socket", nil)
		must(err)
		return server
	}
	server, err := lxd.ConnectLXD(endpoint, &lxd.ConnectionArgs{
		TLSServerCert: file("VERIFY"),
		TLSClientCert: file("CLIENT_CERT"),
		TLSClientKey:  file("CLIENT_KEY"),
	})
	must(err)
	post := api.CertificatesPost{Password: os.Getenv("TOKEN")}
	post.Type = api.CertificateTypeClient
	must(server.CreateCertificate(post))
	return server
}

func main() {
	server := connect()
	pool := os.Getenv("POOL")

	heard := make(chan string, 1000)
	listener, err := server.GetEvents()
	must(err)
	_, err = listener.AddHandler([]string{"lifecycle"}, func(event api.Event) {
		var lifecycle api.EventLifecycle
		if json.Unmarshal(event.Metadata, &lifecycle) == nil {
			heard <- lifecycle.Action
		}
	})
	must(err)

	// Pools
	config := map[string]string{}
	must(json.Unmarshal([]byte(os.Getenv("POOL_CONFIG")), &config))
	wish := api.StoragePoolsPost{Name: pool, Driver: os.Getenv("DRIVER")}
	wish.Config = config
	must(server.CreateStoragePool(wish))
	refused(server.CreateStoragePool(wish), "already exists")
	_, _, err = server.GetStoragePool("none")
	refused(err, "not found")
	shown, tag, err := server.GetStoragePool(pool)
	must(err)
	changed := shown.Writable()
	changed.Description = "by Go"
	must(server.UpdateStoragePool(pool, changed, tag))
	refused(server.UpdateStoragePool(pool, changed, tag), "ETag")
	resources, err := server.GetStoragePoolResources(pool)
	must(err)
	if resources.Space.Total == 0 {
		panic("a pool without space")
	}

	// Volumes
	for name, content := range map[string]string{"v": "filesystem", "b": "block"} {
		volume := api.StorageVolumesPost{Name: name, Type: "custom", ContentType: content}
		volume.Config = map[string]string{"size": "256MiB"}
		must(server.CreateStoragePoolVolume(pool, volume))
		refused(server.CreateStoragePoolVolume(pool, volume), "already exists")
	}
	volume, tag, err := server.GetStoragePoolVolume(pool, "custom", "v")
	must(err)
	expect(volume.ContentType, "filesystem")
	put := volume.Writable()
	put.Config["size"] = "512MiB"
	put.Config["user.a"] = "1"
	must(server.UpdateStoragePoolVolume(pool, "custom", "v", put, tag))
	state, err := server.GetStoragePoolVolumeState(pool, "custom", "v")
	must(err)
	expect(state.Usage.Total, 512<<20)
	must(server.RenameStoragePoolVolume(pool, "custom", "b", api.StorageVolumePost{Name: "c"}))
	found, err := server.GetStoragePoolVolumesWithFilter(pool, []string{"name=c"})
	must(err)
	expect(len(found), 1)
	refused(server.DeleteStoragePool(pool), "currently in use")

	// Snapshots
	done(server.CreateStoragePoolVolumeSnapshot(pool, "custom", "v", api.StorageVolumeSnapshotsPost{Name: "s"}))
	done(server.RenameStoragePoolVolumeSnapshot(pool, "custom", "v", "s", api.StorageVolumeSnapshotPost{Name: "t"}))
	snapshot, tag, err := server.GetStoragePoolVolumeSnapshot(pool, "custom", "v", "t")
	must(err)
	kept := snapshot.Writable()
	kept.Description = "kept"
	must(server.UpdateStoragePoolVolumeSnapshot(pool, "custom", "v", "t", kept, tag))
	must(server.UpdateStoragePoolVolume(pool, "custom", "v", api.StorageVolumePut{Restore: "t"}, ""))

	// Copies and moves
	volume, _, err = server.GetStoragePoolVolume(pool, "custom", "v")
	must(err)
	done(server.CopyStoragePoolVolume(pool, server, pool, *volume, &lxd.StoragePoolVolumeCopyArgs{Name: "w"}))
	names, err := server.GetStoragePoolVolumeSnapshotNames(pool, "custom", "w")
	must(err)
	expect(names, []string{"t"})
	copied, _, err := server.GetStoragePoolVolume(pool, "custom", "w")
	must(err)
	args := &lxd.StoragePoolVolumeMoveArgs{}
	args.Name = "x"
	other := pool + "-other"
	wish.Name = other
	must(server.CreateStoragePool(wish))
	done(server.MoveStoragePoolVolume(other, server, pool, *copied, args))

	// A backup that is taken away and comes back
	done(server.CreateStoragePoolVolumeBackup(other, "x", api.StoragePoolVolumeBackupsPost{
		Name: "k", ExpiresAt: time.Now().Add(time.Hour), CompressionAlgorithm: "gzip"}))
	taken, err := os.CreateTemp("", "backup")
	must(err)
	defer os.Remove(taken.Name())
	_, err = server.GetStoragePoolVolumeBackupFile(other, "x", "k", &lxd.BackupFileRequest{BackupFile: taken})
	must(err)
	done(server.DeleteStoragePoolVolumeBackup(other, "x", "k"))
	content, err := os.ReadFile(taken.Name())
	must(err)
	done(server.CreateStoragePoolVolumeFromBackup(pool, lxd.StoragePoolVolumeBackupArgs{
		BackupFile: bytes.NewReader(content), Name: "y"}))
	volumes, err := server.GetStoragePoolVolumes(pool)
	must(err)
	expect(len(volumes), 5) // v and y with a snapshot each, and c

	must(server.DeleteStoragePoolVolume(other, "custom", "x"))
	must(server.DeleteStoragePool(other))
	must(server.DeleteStoragePoolVolume(pool, "custom", "v"))
	must(server.DeleteStoragePoolVolume(pool, "custom", "c"))
	done(server.DeleteStoragePoolVolumeSnapshot(pool, "custom", "y", "t"))
	must(server.DeleteStoragePoolVolume(pool, "custom", "y"))
	must(server.DeleteStoragePool(pool))

	wanted := map[string]bool{"storage-pool-created": true, "storage-volume-created": true,
		"storage-volume-snapshot-renamed": true, "storage-volume-backup-created": true, "storage-pool-deleted": true}
	for late := time.After(time.Minute); len(wanted) > 0; {
		select {
		case action := <-heard:
			delete(wanted, action)
		case <-late:
			panic(fmt.Sprintf("never heard of %v", wanted))
		}
	}
	listener.Disconnect()
	fmt.Println("done")
}
