using System.Text.Json.Nodes;
using BlazorAgents.Emulator.Demo.Extract;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Demo.Tools;

/// <summary>A tool with the arguments found for it; Missing is the first required parameter without a value.</summary>
internal sealed record FilledCall(ToolSpec Tool, JsonObject Arguments, SchemaNode? Missing);
