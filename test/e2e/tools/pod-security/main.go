// Command pod-security holds the pods of manifests against the restricted level of the Pod Security Standards.
//
// Arguments are YAML or JSON files, or folders of them. Standard output has a line a finding, its fields parted by tabs:
// file, Kind/namespace/name, reason, detail. Standard error says what was judged.
// It exits 1 where it found something, 2 where it could not read a manifest or met no pod at all.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

var pods, files, findings int

// object is any manifest, with the places where the pods that it makes may stand.
type object struct {
	Kind     string            `json:"kind"`
	Metadata metav1.ObjectMeta `json:"metadata"`
	Items    []json.RawMessage `json:"items"`
	Spec     json.RawMessage   `json:"spec"`
}

type owner struct {
	Template    *corev1.PodTemplateSpec `json:"template"`
	JobTemplate struct {
		Spec struct {
			Template *corev1.PodTemplateSpec `json:"template"`
		} `json:"spec"`
	} `json:"jobTemplate"`
}

// template gives the pods that an object makes; nil where it makes none.
func (o object) template() (pod *corev1.PodTemplateSpec, err error) {
	var made owner
	switch o.Kind {
	case "Pod":
		pod = &corev1.PodTemplateSpec{ObjectMeta: o.Metadata}
		err = json.Unmarshal(o.Spec, &pod.Spec)
	case "CronJob":
		err = json.Unmarshal(o.Spec, &made)
		pod = made.JobTemplate.Spec.Template
	case "DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet":
		err = json.Unmarshal(o.Spec, &made)
		pod = made.Template
	}
	return pod, err
}

type judge struct {
	policy.Evaluator
	api.LevelVersion
}

func (j judge) object(file string, raw []byte) error {
	var o object
	if err := json.Unmarshal(raw, &o); err != nil {
		return err
	}
	for _, item := range o.Items {
		if err := j.object(file, item); err != nil {
			return err
		}
	}
	pod, err := o.template()
	if pod == nil || err != nil {
		return err
	}
	pods++
	for _, result := range j.EvaluatePod(j.LevelVersion, &pod.ObjectMeta, &pod.Spec) {
		if !result.Allowed {
			findings++
			fmt.Printf("%s\t%s/%s/%s\t%s\t%s\n", file, o.Kind, o.Metadata.Namespace, o.Metadata.Name, result.ForbiddenReason, result.ForbiddenDetail)
		}
	}
	return nil
}

func (j judge) file(path string, entry fs.DirEntry, err error) error {
	if extension := filepath.Ext(path); err != nil || entry.IsDir() || (extension != ".yaml" && extension != ".yml" && extension != ".json") {
		return err
	}
	reader, err := os.Open(path)
	if err != nil {
		return err
	}
	defer reader.Close()
	files++
	for decoder := yaml.NewYAMLOrJSONDecoder(reader, 4096); ; {
		var raw json.RawMessage
		if err = decoder.Decode(&raw); errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && len(raw) > 0 {
			err = j.object(path, raw)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
}

func refuse(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "pod-security:", err)
		os.Exit(2)
	}
}

func main() {
	wanted := flag.String("version", "latest", "version of the standards: latest, or v1.36 and the like")
	flag.Parse()
	version, err := api.ParseVersion(*wanted)
	refuse(err)
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	refuse(err)
	j := judge{evaluator, api.LevelVersion{Level: api.LevelRestricted, Version: version}}
	for _, root := range flag.Args() {
		refuse(filepath.WalkDir(root, j.file))
	}
	fmt.Fprintf(os.Stderr, "%d pods in %d files judged by %s\n", pods, files, j.LevelVersion)
	if pods == 0 {
		refuse(errors.New("no pod; expected manifests of pods or of what makes them"))
	}
	if findings > 0 {
		os.Exit(1)
	}
}
