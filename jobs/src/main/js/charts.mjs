// The part of Apache ECharts that the report draws with, as one script that defines `echarts`.
import * as core from "echarts/core";
import {
  BarChart,
  FunnelChart,
  GraphChart,
  HeatmapChart,
  LineChart,
  SankeyChart,
  ScatterChart,
  SunburstChart,
  TreeChart,
} from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MatrixComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

core.use([
  BarChart,
  FunnelChart,
  GraphChart,
  HeatmapChart,
  LineChart,
  SankeyChart,
  ScatterChart,
  SunburstChart,
  TreeChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MatrixComponent,
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  SVGRenderer,
]);

// No export: Rhino lets all closures of a loop share its variable, and what esbuild makes of an export
// is a loop of closures.
globalThis.echarts = { init: core.init, setPlatformAPI: core.setPlatformAPI, version: core.version };
