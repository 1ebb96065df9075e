using System.Text.Json.Serialization;

namespace BlazorAgents.Data;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ItemPayload))]
internal sealed partial class PayloadJson : JsonSerializerContext;
