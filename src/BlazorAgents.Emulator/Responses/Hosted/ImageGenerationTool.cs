using System.Globalization;
using System.Text.Json;
using BlazorAgents.Emulator.Demo.Drawing;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Hosted;

/// <summary>Draws a picture of the demo's own from the prompt, as a PNG; partial images have fewer shapes.</summary>
internal sealed class ImageGenerationTool(JsonElement tool) : IHostedTool
{
    private const int DefaultSize = 512;
    private const int LargestSize = 1536;

    public string Kind => "image_generation";

    public ToolSpec Spec { get; } = HostedSpec.Of("image_generation", "Generate an image from a description.", "prompt", "What the picture shows");

    public Task<string?> RunAsync(ResponseRun run, ToolCall call, CancellationToken ct)
    {
        var prompt = HostedSpec.Argument(call, "prompt");
        var (width, height) = Size(tool.Text("size"));
        var id = WireId.New("ig");
        var index = run.Add(new { id, type = "image_generation_call", status = "in_progress", result = (string?)null });
        HostedSpec.Events(run, id, index, "response.image_generation_call.in_progress", "response.image_generation_call.generating");
        var partial = tool.Int("partial_images") ?? 0;
        var (size, quality, background) = ($"{width}x{height}", tool.Text("quality") is ("low" or "medium" or "high") and var asked ? asked : "low", "opaque");
        for (var stage = 0; stage < partial; stage++)
        {
            ct.ThrowIfCancellationRequested();
            var sketch = Convert.ToBase64String(Picture.Draw(prompt, width, height, (stage + 0.5) / (partial + 1)));
            run.Log.Append("response.image_generation_call.partial_image", ("item_id", id), ("output_index", index), ("partial_image_index", stage),
                ("partial_image_b64", sketch), ("size", size), ("quality", quality), ("background", background), ("output_format", "png"));
        }

        var result = Convert.ToBase64String(Picture.Draw(prompt, width, height));
        HostedSpec.Events(run, id, index, "response.image_generation_call.completed");
        run.Complete(index, new
        {
            id,
            type = "image_generation_call",
            status = "completed",
            action = "generate",
            background,
            output_format = "png",
            quality,
            revised_prompt = "A drawing by the offline demo, which follows rules and does not understand the words: " + prompt,
            size,
            result,
        });
        return Task.FromResult<string?>($"Here is a picture for “{prompt}”. The offline demo drew it from a hash of these words; it does not understand them. Connect a real model for a real picture.");
    }

    private static (int Width, int Height) Size(string? size) =>
        size?.Split('x') is [var width, var height]
        && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var across) && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var down)
        && across is >= 16 and <= LargestSize && down is >= 16 and <= LargestSize
            ? (across, down)
            : (DefaultSize, DefaultSize);
}
