namespace BlazorAgents.Runs;

/// <summary>Another process took the run over: this one must write nothing more about it.</summary>
internal sealed class LeaseLostException() : Exception("The run's lease was lost to another process.");
