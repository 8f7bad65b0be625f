/**
 * containerd as its release comes: an archive that is unpacked below /usr/local. Limits stay systemd's where they are
 * not here; counting what all containers open or start together would only cost.
 */
export const UNIT = `[Unit]
Description=containerd, the runtime of containers
Documentation=https://containerd.io
After=network.target local-fs.target dbus.service

[Service]
ExecStart=/usr/local/bin/containerd
Type=notify
# Containers have control groups of their own below, and outlive a restart of containerd.
Delegate=yes
KillMode=process
Restart=always
RestartSec=5
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
# The kernel ends containers, not what holds them.
OOMScoreAdjust=-999

[Install]
WantedBy=multi-user.target
`;
