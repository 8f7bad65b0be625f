import { stopClusters } from './cluster';

afterAll(stopClusters);
