using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/BlazorAgents.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(BlazorAgents.Benchmarks.MarkdownStreamBenchmark).Assembly).Run(args);
